/// The fast path does not take this frame for certain. The slow one decides what it says, and whether it is damaged.
struct FeedRefusal: Error {}
