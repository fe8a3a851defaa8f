/* W8 by C: the same rows, by the same statements, into a copy of the same database, prepared once and bound by hand.
 *
 * usage: upsert positions|markets DATABASE
 * Answers `check` and `round N` (N transactions of 1,000 rows) as Peers/contestant.py describes. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 1000, CHECKED = 2 };
static const sqlite3_int64 START = 1795186800000LL;

/* What stands for one row before it is written: money as counts of 1e-8, as the service holds it. */
struct row {
    sqlite3_int64 quantity, average, basis, prior, mark, realized, bid, ask, at;
    double greek;
};

static sqlite3 *db;
static struct row *rows;
static int written;

static void check(int code, const char *what) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "upsert: %s: %s\n", what, sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
    return statement;
}

static void run(sqlite3_stmt *statement) {
    check(sqlite3_step(statement), "step");
    check(sqlite3_reset(statement), "reset");
}

/* Plain decimal text of a count of 1e-8, trailing zeros dropped. */
static void bind_decimal(sqlite3_stmt *statement, int column, sqlite3_int64 value) {
    char text[32];
    char *end = text + sizeof text, *at = end;
    sqlite3_uint64 size = value < 0 ? -(sqlite3_uint64)value : (sqlite3_uint64)value;
    int places = 8;
    while (places > 0 && size % 10 == 0) { size /= 10; places--; }
    for (int place = 0; size > 0 || place <= places; place++) {
        if (place == places && places > 0) *--at = '.';
        *--at = (char)('0' + size % 10);
        size /= 10;
    }
    if (value < 0) *--at = '-';
    sqlite3_bind_text(statement, column, at, (int)(end - at), SQLITE_TRANSIENT);
}

static void bind_text(sqlite3_stmt *statement, int column, const char *text) {
    sqlite3_bind_text(statement, column, text, -1, SQLITE_STATIC);
}

static sqlite3_int64 price(sqlite3_int64 row, sqlite3_int64 factor, sqlite3_int64 cents) {
    return (row * factor % 90000 + 100 + cents) * 1000000;
}

static struct row make(int number, int transaction) {
    int step = transaction % 2 * 5;
    struct row row = {
        .quantity = (number % 41 + 1) * 100000000LL, .average = price(number, 7919, 0),
        .basis = price(number, 15485863, 0), .prior = price(number, 104729, 0),
        .mark = price(number, 1299709, step), .realized = price(number, 3, transaction),
        .bid = price(number, 7919, step), .ask = price(number, 7919, step + 5),
        .at = (START + 1000LL * transaction) * 1000, .greek = number / 1024.0 + transaction % 16 / 16.0,
    };
    return row;
}

static const char POSITION[] =
    "INSERT INTO position(account, instrument, quantity, average_open_price, cost_basis, includes_fees, basis_source,"
    " prior_settlement, broker_mark, broker_mark_as_of, realized_today, today_date, today_fills, today_cash, as_of)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(account, instrument) DO UPDATE SET"
    " quantity = excluded.quantity, average_open_price = excluded.average_open_price,"
    " cost_basis = excluded.cost_basis, includes_fees = excluded.includes_fees, basis_source = excluded.basis_source,"
    " prior_settlement = excluded.prior_settlement, broker_mark = excluded.broker_mark,"
    " broker_mark_as_of = excluded.broker_mark_as_of, realized_today = excluded.realized_today,"
    " today_date = excluded.today_date, today_fills = excluded.today_fills, today_cash = excluded.today_cash,"
    " as_of = excluded.as_of WHERE position.quantity IS NOT excluded.quantity"
    " OR position.average_open_price IS NOT excluded.average_open_price"
    " OR position.cost_basis IS NOT excluded.cost_basis OR position.includes_fees IS NOT excluded.includes_fees"
    " OR position.basis_source IS NOT excluded.basis_source"
    " OR position.prior_settlement IS NOT excluded.prior_settlement"
    " OR position.broker_mark IS NOT excluded.broker_mark"
    " OR position.broker_mark_as_of IS NOT excluded.broker_mark_as_of"
    " OR position.realized_today IS NOT excluded.realized_today OR position.today_date IS NOT excluded.today_date"
    " OR position.today_fills IS NOT excluded.today_fills OR position.today_cash IS NOT excluded.today_cash"
    " OR position.as_of IS NOT excluded.as_of";

static void write_position(sqlite3_stmt *statement, int number, const struct row *row) {
    bind_text(statement, 1, "tastytrade-1");
    sqlite3_bind_int64(statement, 2, number);
    bind_decimal(statement, 3, row->quantity);
    bind_decimal(statement, 4, row->average);
    bind_decimal(statement, 5, row->basis);
    sqlite3_bind_int64(statement, 6, 0);
    bind_text(statement, 7, "tastytrade");
    bind_decimal(statement, 8, row->prior);
    bind_decimal(statement, 9, row->mark);
    sqlite3_bind_int64(statement, 10, row->at);
    bind_decimal(statement, 11, row->realized);
    sqlite3_bind_null(statement, 12);
    bind_text(statement, 13, "[]");
    bind_decimal(statement, 14, 0);
    sqlite3_bind_int64(statement, 15, row->at);
    run(statement);
}

static const char MARKET[] =
    "INSERT INTO market(instrument, bid, ask, quote_at, last, last_at, close, previous_close, greeks_at, model_price,"
    " volatility, delta, gamma, theta, vega, rho, is_halted, beta, dividend, ex_dividend, source, updated_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(instrument) DO UPDATE SET"
    " bid = excluded.bid, ask = excluded.ask, quote_at = excluded.quote_at, last = excluded.last,"
    " last_at = excluded.last_at, close = excluded.close, previous_close = excluded.previous_close,"
    " greeks_at = excluded.greeks_at, model_price = excluded.model_price, volatility = excluded.volatility,"
    " delta = excluded.delta, gamma = excluded.gamma, theta = excluded.theta, vega = excluded.vega,"
    " rho = excluded.rho, is_halted = excluded.is_halted, beta = excluded.beta, dividend = excluded.dividend,"
    " ex_dividend = excluded.ex_dividend, source = excluded.source, updated_at = excluded.updated_at"
    " WHERE market.bid IS NOT excluded.bid OR market.ask IS NOT excluded.ask"
    " OR market.quote_at IS NOT excluded.quote_at OR market.last IS NOT excluded.last"
    " OR market.last_at IS NOT excluded.last_at OR market.close IS NOT excluded.close"
    " OR market.previous_close IS NOT excluded.previous_close OR market.greeks_at IS NOT excluded.greeks_at"
    " OR market.model_price IS NOT excluded.model_price OR market.volatility IS NOT excluded.volatility"
    " OR market.delta IS NOT excluded.delta OR market.gamma IS NOT excluded.gamma"
    " OR market.theta IS NOT excluded.theta OR market.vega IS NOT excluded.vega OR market.rho IS NOT excluded.rho"
    " OR market.is_halted IS NOT excluded.is_halted OR market.beta IS NOT excluded.beta"
    " OR market.dividend IS NOT excluded.dividend OR market.ex_dividend IS NOT excluded.ex_dividend"
    " OR market.source IS NOT excluded.source OR market.updated_at IS NOT excluded.updated_at";

static void write_market(sqlite3_stmt *statement, int number, const struct row *row) {
    sqlite3_bind_int64(statement, 1, number);
    bind_decimal(statement, 2, row->bid);
    bind_decimal(statement, 3, row->ask);
    sqlite3_bind_int64(statement, 4, row->at);
    bind_decimal(statement, 5, row->bid);
    sqlite3_bind_int64(statement, 6, row->at);
    sqlite3_bind_null(statement, 7);
    bind_decimal(statement, 8, row->prior);
    sqlite3_bind_int64(statement, 9, row->at);
    for (int column = 10; column <= 16; column++)
        sqlite3_bind_double(statement, column, column == 14 ? -row->greek : row->greek);
    for (int column = 17; column <= 20; column++) sqlite3_bind_null(statement, column);
    bind_text(statement, 21, "tastytrade");
    sqlite3_bind_int64(statement, 22, row->at);
    run(statement);
}

/* The number of the last update is read before, and written after the rows, as the store does. */
static void watermark(sqlite3_stmt *read, sqlite3_stmt *mark, int transaction) {
    run(read);
    sqlite3_bind_int64(mark, 1, transaction + 1);
    sqlite3_bind_int64(mark, 2, (START + 1000LL * (transaction + 1)) * 1000);
    run(mark);
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void round_of(int count, int is_positions, double *cpu, double *wall) {
    static sqlite3_stmt *begin, *commit, *row, *read, *mark;
    if (begin == NULL) {
        begin = prepare("BEGIN IMMEDIATE TRANSACTION");
        commit = prepare("COMMIT TRANSACTION");
        row = prepare(is_positions ? POSITION : MARKET);
        read = prepare(is_positions ? "SELECT sequence FROM watermark" : "SELECT max(id) FROM instrument");
        mark = prepare("UPDATE watermark SET sequence = ?, at = ?");
    }
    rows = realloc(rows, sizeof *rows * (size_t)count * ROWS);
    if (rows == NULL) exit(1);
    for (int place = 0; place < count * ROWS; place++)
        rows[place] = make(place % ROWS + 1, written + 1 + place / ROWS);
    *wall = seconds(CLOCK_MONOTONIC);
    *cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int done = 0; done < count; done++) {
        run(begin);
        for (int number = 1; number <= ROWS; number++) {
            const struct row *values = rows + (size_t)done * ROWS + number - 1;
            if (is_positions) write_position(row, number, values); else write_market(row, number, values);
        }
        written++;
        if (is_positions) watermark(read, mark, written); else run(read);
        run(commit);
    }
    *cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - *cpu;
    *wall = seconds(CLOCK_MONOTONIC) - *wall;
}

int main(int argc, char **argv) {
    char line[128];
    double cpu, wall;
    if (argc != 3) return 2;
    int is_positions = strcmp(argv[1], "positions") == 0;
    check(sqlite3_open(argv[2], &db), "open");
    const char *pragmas =
        "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL";
    check(sqlite3_exec(db, pragmas, NULL, NULL, NULL), pragmas);
    puts("{\"ready\":true}");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strncmp(line, "check", 5) == 0) {
            round_of(CHECKED, is_positions, &cpu, &wall);
            printf("{\"database\":\"%s\",\"table\":\"%s\"}\n", argv[2], argv[1]);
        } else {
            int count = atoi(line + 6);
            if (count < 1) return 2;
            round_of(count, is_positions, &cpu, &wall);
            printf("{\"count\":%d,\"cpu\":%.9f,\"wall\":%.9f}\n", count * ROWS, cpu, wall);
        }
        fflush(stdout);
    }
    sqlite3_close(db);
    return 0;
}
