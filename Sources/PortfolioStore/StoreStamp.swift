/// Whose figures a store holds. Sandbox and production never mix in one file.
package enum StoreStamp: String, Sendable, CaseIterable { case sandbox, production }
