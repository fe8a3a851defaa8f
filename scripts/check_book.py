"""Checks that the crash rounds make on the program's own documents. Called by scripts/crash.

    check_book.py config SANDBOX DIR          prints a configuration for the simulator described in the file SANDBOX
    check_book.py portfolio ROUND LAST        prints a positions file that differs in every round
    check_book.py holds BROKER POSITIONS      fails unless the document holds positions of the broker
    check_book.py doctor REPORT               fails on a finding about the database or the imports
    check_book.py compare BROKER NOW A B      fails unless each of the broker's accounts is as in A or as in B
"""

import datetime
import json
import os
import sys
from collections import Counter

FIDELITY_HEADER = (
    "Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,"
    "Today's Gain/Loss Dollar,Today's Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,"
    "Percent Of Account,Cost Basis Total,Average Cost Basis,Type"
)
HOLDINGS = 400


def fail(message):
    sys.exit(f"check_book: {message}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def sandbox(path):
    with open(path, encoding="utf-8") as file:
        return json.loads(file.readline())


def write_secret(folder, name, text):
    path = os.path.join(folder, name)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path


def config(description, folder):
    found = sandbox(description)
    urls, credentials = found["urls"], found["credentials"]
    secret = write_secret(folder, "client-secret", credentials["clientSecret"])
    refresh = write_secret(folder, "refresh-token", credentials["refreshToken"])
    print(
        f"""schema: 1
base: USD
database: {json.dumps(os.path.join(folder, "book.db"))}
brokers:
  tastytrade:
    enabled: true
    environment: sandbox
    apiURL: {urls["api"]}
    accountStreamerURL: {urls["accountStreamer"]}
    clientSecret: {json.dumps("file:" + secret)}
    refreshToken: {json.dumps("file:" + refresh)}
  fidelity:
    enabled: true"""
    )


def portfolio(round_number, last):
    """Later rounds are later files; all of them are in the past."""
    minutes = 60 + int(last) - int(round_number)
    moment = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1, minutes=minutes)
    print(FIDELITY_HEADER)
    for account in ("X00000001", "X00000002"):
        for index in range(HOLDINGS):
            letters = "".join(chr(65 + index // 26**power % 26) for power in (2, 1, 0))
            quantity = 10 + index + 1000 * int(round_number)
            value = f"{quantity * 20}.00"
            cost = f"{quantity * 15}.00"
            print(
                f"{account},Individual,Q{letters},Q{letters} CORP COM,{quantity},$20.00,+$0.50,${value},,,,,,"
                f"${cost},$15.00,Cash,"
            )
    print()
    print(f'"Date downloaded {moment:%m/%d/%Y} {moment:%I:%M %p} ET"')


def rows(document, broker):
    """By account: how often each holding stands there."""
    accounts = {}
    for row in document["positions"]:
        if row["account"]["broker"] != broker:
            continue
        holding = (row["instrument"]["symbol"], row["instrument"].get("osi"), row["quantity"])
        accounts.setdefault(row["account"]["number"], Counter())[holding] += 1
    return accounts


def holds(broker, path):
    if not rows(read(path), broker):
        fail(f"no position of {broker} where there should be some")


def doctor(path):
    words = ("database", "import", "store", "schema")
    for check in read(path)["checks"]:
        if check["result"] == "fail" and any(word in json.dumps(check).lower() for word in words):
            fail(f"doctor: {json.dumps(check)}")


def compare(broker, now_path, before_path, after_path):
    document = read(now_path)
    now = rows(document, broker)
    before, after = rows(read(before_path), broker), rows(read(after_path), broker)
    for account in sorted(set(now) | set(before)):
        held = now.get(account, Counter())
        doubled = [key[:2] for key, count in Counter(key[:2] for key in held.elements()).items() if count > 1]
        if doubled:
            fail(f"account {account}: held twice: {doubled[:5]}")
        if held not in (before.get(account, Counter()), after.get(account, Counter())):
            fail(f"account {account}: {len(held)} holdings that are neither those before nor those after")
    for row in document["positions"]:
        if row["account"]["broker"] == "tastytrade" and row["state"] == "confirmed":
            fail(f"{row['instrument']['symbol']}: confirmed although no service runs")


def main():
    commands = {
        "config": config, "portfolio": portfolio, "holds": holds, "doctor": doctor, "compare": compare,
    }
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        fail(f"unknown command; known: {', '.join(commands)}")
    commands[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
