"""Talks to a running Tastytrade sandbox with the published Python SDK, unchanged but for its URL constants.

Usage: sdk_conformance.py [FILE]   FILE (or standard input) holds the sandbox's description as one line of JSON.
Prints a line per check and "N passed, M failed"; exits 1 when anything failed.
"""

import json
import ssl
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import anyio
import tastytrade.session
import tastytrade.streamer
from tastytrade import Account, AlertStreamer, DXLinkStreamer, Session
from tastytrade.dxfeed import Candle, Greeks, Profile, Quote
from tastytrade.instruments import Cryptocurrency, Equity, Future, NestedFutureOptionChain, NestedOptionChain
from tastytrade.market_data import get_market_data_by_type

passed = 0
failed = 0


def check(name, condition, detail=""):
    global passed, failed
    if condition:
        passed += 1
        print(f"ok      {name}")
    else:
        failed += 1
        print(f"FAILED  {name} {detail}")


async def step(name, work):
    """Awaits a check's work; an exception is a failed check and the answer None."""
    try:
        with anyio.fail_after(20):
            return await work()
    except Exception as error:
        check(name, False, f"{type(error).__name__}: {error}")
        return None


async def collect(streamer, event, symbols, count):
    await streamer.subscribe(event, symbols)
    return [await streamer.get_event(event) for _ in range(count)]


async def check_account(session, account):
    number = account.account_number
    balances = await step(f"balances of {number}", lambda: account.get_balances(session))
    if balances:
        check(f"balances of {number}", balances.net_liquidating_value > 0)
    positions = await step(
        f"positions of {number}", lambda: account.get_positions(session, include_marks=True))
    if positions is not None:
        check(f"positions of {number}", len(positions) > 0)
        check(f"marks of {number}", all(p.mark is not None and p.mark_price is not None for p in positions))
    history = await step(f"history of {number}", lambda: account.get_history(session, per_page=3, page_offset=None))
    if history is not None:
        check(f"history of {number}", len(history) > 1 and len({t.id for t in history}) == len(history))
        cash = sum((t.net_value for t in history), Decimal(0))
        if balances:
            check(f"history sums to the cash of {number}", cash == balances.cash_balance,
                  f"{cash} {balances.cash_balance}")
    status = await step(f"trading status of {number}", lambda: account.get_trading_status(session))
    if status:
        check(f"trading status of {number}", status.account_number == number)
    orders = await step(f"orders of {number}", lambda: account.get_order_history(session))
    if orders is not None:
        check(f"orders of {number}", len(orders) > 0)
    live = await step(f"live orders of {number}", lambda: account.get_live_orders(session))
    check(f"live orders of {number}", live is not None)
    return positions or []


async def check_instruments(session, positions):
    equity = await step("equity", lambda: Equity.get(session, "SPY"))
    check("equity", equity is not None and equity.streamer_symbol == "SPY")
    futures = await step("futures", lambda: Future.get(session, product_codes=["ES"]))
    check("futures", bool(futures))
    crypto = await step("cryptocurrency", lambda: Cryptocurrency.get(session, "BTC/USD"))
    check("cryptocurrency", crypto is not None)
    chain = await step("option chain", lambda: NestedOptionChain.get(session, "SPY"))
    check("option chain", bool(chain) and len(chain[0].expirations) > 3)
    futures_chain = await step("futures option chain", lambda: NestedFutureOptionChain.get(session, "/ES"))
    check("futures option chain", futures_chain is not None and len(futures_chain.option_chains) > 0)
    data = await step("market data", lambda: get_market_data_by_type(session, equities=["SPY", "QQQ"]))
    check("market data", bool(data) and len(data) == 2)
    if not chain:
        return []
    strikes = chain[0].expirations[-1].strikes
    middle = sorted(strikes, key=lambda s: abs(s.strike_price - Decimal(600)))[:3]
    return [s.call_streamer_symbol for s in middle]


async def check_streams(session, accounts, options):
    async def quotes():
        async with DXLinkStreamer(session) as streamer:
            quotes = await collect(streamer, Quote, ["SPY", "QQQ"], 2)
            greeks = await collect(streamer, Greeks, options, len(options)) if options else []
            return quotes, greeks

    events = await step("DXLink", quotes)
    if events:
        check("DXLink Quote", len(events[0]) > 0 and all(q.ask_price >= q.bid_price for q in events[0]))
        check("DXLink Greeks", len(events[1]) > 0 and all(0 < g.delta < 1 for g in events[1]))

    async def candles():
        start = datetime.now(timezone.utc) - timedelta(days=30)
        async with DXLinkStreamer(session) as streamer:
            await streamer.subscribe_candle(["SPY", "QQQ"], "1d", start)
            found, ended = [], set()
            while len(ended) < 2:
                candle = await streamer.get_event(Candle)
                found.append(candle)
                if candle.snapshot_end or candle.snapshot_snip:
                    ended.add(candle.event_symbol)
            await streamer.subscribe(Profile, ["SPY"])
            return found, await streamer.get_event(Profile)

    events = await step("DXLink history", candles)
    if events:
        spy = [c for c in events[0] if c.event_symbol == "SPY{=d,tho=true}" and not c.remove]
        check("DXLink Candle", len(spy) >= 18 and all(c.low <= c.close <= c.high for c in spy), str(len(spy)))
        check("DXLink Candle order", [c.time for c in spy] == sorted((c.time for c in spy), reverse=True))
        check("DXLink Candle flags", spy[0].snapshot_begin and any(c.remove for c in events[0]))
        profile = events[1]
        check("DXLink Profile dividend", profile.ex_dividend_amount is not None and profile.ex_dividend_day_id > 0)

    async def alerts():
        async with AlertStreamer(session) as streamer:
            await streamer.subscribe_accounts(accounts)
            return True

    check("account streamer", await step("account streamer", alerts) is True)


async def main(description):
    urls = description["urls"]
    tastytrade.session.API_URL = urls["api"]
    tastytrade.streamer.STREAMER_URL = urls["accountStreamer"]
    arguments = {}
    if description.get("caFile"):
        arguments["verify"] = ssl.create_default_context(cafile=description["caFile"])
    credentials = description["credentials"]
    session = Session(credentials["clientSecret"], credentials["refreshToken"], **arguments)
    async with session:
        customer = await step("login", session.get_customer)
        check("login", customer is not None)
        check("validate", await step("validate", session.validate) is True)
        accounts = await step("accounts", lambda: Account.get(session)) or []
        check("accounts", [a.account_number for a in accounts] == description["accounts"])
        positions = []
        for account in accounts:
            positions += await check_account(session, account)
        options = await check_instruments(session, positions)
        await check_streams(session, accounts, options)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    source = open(sys.argv[1]) if len(sys.argv) > 1 else sys.stdin
    sys.exit(anyio.run(main, json.loads(source.readline())))
