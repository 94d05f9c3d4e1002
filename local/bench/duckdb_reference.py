#!/usr/bin/env python3
"""The six results of the consulting dashboard, by DuckDB with one thread, from the files of an export.

    pip install duckdb
    python3 duckdb_reference.py --data DIR --day YYYY-MM-DD --out results.ndjson

Reads each file once into a table, runs six queries, and prints the CPU seconds of both. Lines are written
as `maru-bench aggregate` writes them; `maru-bench compare` says whether they are equal.
"""

import argparse
import json
import resource

import duckdb

SOURCES = {
    "lectures": {"lectureId": "VARCHAR", "lecturerId": "VARCHAR", "price": "BIGINT", "createdAt": "TIMESTAMP"},
    "enrollments": {
        "enrollmentId": "VARCHAR",
        "lectureId": "VARCHAR",
        "studentId": "VARCHAR",
        "paidAmount": "BIGINT",
        "status": "VARCHAR",
        "enrolledAt": "TIMESTAMP",
    },
    "progress": {"lectureId": "VARCHAR", "studentId": "VARCHAR", "percent": "BIGINT", "updatedAt": "TIMESTAMP"},
}

# The rules of a good row; a malformed line reads as nothing but NULL, which no comparison accepts.
GOOD = {
    "lectures": "strlen(lectureId) BETWEEN 1 AND 200 AND strlen(lecturerId) BETWEEN 1 AND 200 AND price >= 0 "
    "AND createdAt IS NOT NULL",
    "enrollments": "strlen(enrollmentId) BETWEEN 1 AND 200 AND strlen(studentId) BETWEEN 1 AND 200 "
    "AND paidAmount >= 0 AND status IN ('ENROLLED', 'REFUNDED') AND enrolledAt IS NOT NULL",
    "progress": "strlen(studentId) BETWEEN 1 AND 200 AND percent BETWEEN 0 AND 100 AND updatedAt IS NOT NULL",
}

# What counts, before it is charted: the last row of each lecture, enrolment and progress.
TABLES = """
CREATE TABLE lecture AS
  SELECT lectureId, arg_max(lecturerId, line) AS lecturerId FROM lectures GROUP BY lectureId;
CREATE TABLE enrollment AS
  SELECT lectureId, lecturerId, studentId, last.paidAmount AS amount, last.day AS day
  FROM (
    SELECT enrollmentId, lectureId, studentId,
      arg_max({paidAmount: paidAmount, status: status,
               day: CAST(enrolledAt + INTERVAL 9 HOUR AS DATE)}, line) AS last
    FROM enrollments GROUP BY ALL
  ) JOIN lecture USING (lectureId)
  WHERE last.status = 'ENROLLED' AND last.day <= $day AND studentId <> lecturerId;
CREATE TABLE learner AS
  WITH watched AS (
    SELECT lectureId, studentId, arg_max(percent, (updatedAt, line)) AS percent FROM progress GROUP BY ALL
  )
  SELECT lectureId, lecturerId, studentId, coalesce(percent, 0) AS percent
  FROM (SELECT DISTINCT lectureId, lecturerId, studentId FROM enrollment)
  LEFT JOIN watched USING (lectureId, studentId);
"""

RESULTS = {
    "monthly_revenue": "SELECT lectureId, sum(amount) FROM enrollment "
    "WHERE day >= date_trunc('month', $day) GROUP BY ALL HAVING sum(amount) > 0",
    "revenue_share": "SELECT lectureId, day, sum(amount) FROM enrollment "
    "WHERE day > $day - 7 GROUP BY ALL HAVING sum(amount) > 0",
    "revenue_trend": "SELECT lecturerId, day, sum(amount) FROM enrollment "
    "WHERE day > $day - 30 GROUP BY ALL HAVING sum(amount) > 0",
    "completion": "SELECT lectureId, count(*) FILTER (percent >= 98), count(*) FROM learner GROUP BY ALL",
    "progress_groups": "SELECT lectureId, least(percent // 10, 9), count(*) FROM learner GROUP BY ALL",
    "lectures_per_student": "SELECT lecturerId, least(lectures, 5), count(*) FROM "
    "(SELECT lecturerId, studentId, count(*) AS lectures FROM learner GROUP BY ALL) GROUP BY ALL",
}


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("--data", "--day", "--out"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()

    connection = duckdb.connect()
    connection.execute("PRAGMA threads=1")
    begin = cpu_seconds()
    for name, columns in SOURCES.items():
        connection.execute(
            f"CREATE TABLE {name} AS SELECT *, row_number() OVER () AS line "
            f"FROM read_json($file, format='newline_delimited', columns={columns}, ignore_errors=true) "
            f"WHERE {GOOD[name]}",
            {"file": f"{arguments.data}/{name}.ndjson"},
        )
    read = cpu_seconds()
    literal = f"DATE '{arguments.day}'"
    connection.execute(TABLES.replace("$day", literal))
    results = {name: connection.execute(query.replace("$day", literal)).fetchall() for name, query in RESULTS.items()}
    end = cpu_seconds()

    with open(arguments.out, "w", encoding="utf-8") as out:
        for name, rows in results.items():
            for row in rows:
                out.write(json.dumps([name, *row], ensure_ascii=False, default=lambda value: str(value)) + "\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps(
            {
                "readCpuSeconds": round(read - begin, 2),
                "queryCpuSeconds": round(end - read, 2),
                "cpuSeconds": round(end - begin, 2),
                "peakMib": round(peak, 1),
                "duckdb": duckdb.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
