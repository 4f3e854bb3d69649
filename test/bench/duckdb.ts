/** The counting alone in DuckDB, as a process of its own: `node test/bench/duckdb.ts FORMAT FILE` prints groups and milliseconds. */
import { DuckDBInstance } from "@duckdb/node-api";

const [format, file] = process.argv.slice(2) as [string, string];

const csv = (delimiter: string, columns: number, skip: number) =>
  `read_csv('${file}', delim = '${delimiter}', quote = '', escape = '', header = false, skip = ${skip}, null_padding = true,
    ignore_errors = true, auto_detect = false, columns = {${Array.from({ length: columns }, (_, i) => `'c${i}': 'VARCHAR'`).join(", ")}})`;
/** Whole lines: no byte that a log holds separates its columns. */
const lines = `read_csv('${file}', delim = '\\x01', quote = '', escape = '', header = false, auto_detect = false, columns = {'line': 'VARCHAR'})`;
const part = (pattern: string) => `regexp_extract(line, '${pattern}', 1)`;

const queries: Record<string, string> = {
  pfsense: `SELECT c6, c18, c19, c21, count(*) AS n FROM ${csv(",", 30, 0)} GROUP BY ALL`,
  windows: `SELECT c2, c4, c5, c7, count(*) AS n FROM ${csv(" ", 18, 5)} GROUP BY ALL`,
  iptables: `SELECT ${part("\\[([A-Z-]+)-[0-9]+\\] IN=")} AS action, ${part(" SRC=([^ ]+)")} AS source,
    ${part(" DST=([^ ]+)")} AS destination, ${part(" DPT=([0-9]+)")} AS port, count(*) AS n FROM ${lines} GROUP BY ALL`,
  fortigate: `SELECT ${part(' action="([^"]+)"')} AS action, ${part(" srcip=([^ ]+)")} AS source,
    ${part(" dstip=([^ ]+)")} AS destination, ${part(" dstport=([0-9]+)")} AS port, count(*) AS n FROM ${lines} GROUP BY ALL`,
};

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const started = performance.now();
const reader = await connection.runAndReadAll(`SELECT count(*), sum(n) FROM (${queries[format]})`);
const milliseconds = performance.now() - started;
const [groups, counted] = reader.getRows()[0] as [bigint, bigint];
console.log(JSON.stringify({ groups: Number(groups), lines: Number(counted), milliseconds }));
