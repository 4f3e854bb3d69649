/** Documents of an index beside, or instead of, files: counted into the same flow table, shown in the same result. */
import { InputError } from "../../ingest/errors.ts";
import type { FlowTable } from "../../ingest/flows/flows.ts";
import type { PreparedSite } from "../../rules/matching/selection.ts";
import type { AuditResult, InputResult } from "../../rules/result.ts";
import type { ElasticsearchTarget } from "./options.ts";

export interface PulledSource {
  input: InputResult;
  /** Adds the documents that findings show, and what the server left out. */
  complete(result: AuditResult): Promise<void>;
}

export interface PullRun {
  /** Number of the input that the flows' evidence names. */
  input: number;
  /** What is missing from the counts. */
  onIncomplete: (error: InputError) => void;
  onProgress?: (done: number, total: number) => void;
}

/** Throws InputError where there is nothing to count. */
export async function pullSource(
  target: ElasticsearchTarget,
  table: FlowTable,
  { selection, site }: PreparedSite,
  { input, onIncomplete, onProgress }: PullRun,
): Promise<PulledSource> {
  // Nothing of this is needed to audit files.
  const [
    { connected },
    { inputErrorOf },
    { RequestFailure, DEFAULT_PATIENCE },
    { pullFlows },
    { fetchExamples },
    { customLayout },
    { limitsOf },
  ] = await Promise.all([
    import("./connection.ts"),
    import("../../ingest/elasticsearch/server/failure.ts"),
    import("../../ingest/elasticsearch/server/engine.ts"),
    import("../../ingest/elasticsearch/pull.ts"),
    import("../../ingest/elasticsearch/counting/examples.ts"),
    import("../../ingest/elasticsearch/layouts/custom.ts"),
    import("../../ingest/elasticsearch/counting/pull-report.ts"),
  ]);
  const { index, settings, mapping } = target;
  const engine = await connected(settings);
  try {
    const report = await pullFlows(engine, table, {
      index,
      selection,
      prefixVerdicts: site.firewalls.flatMap(({ prefixes }) => prefixes),
      input,
      custom: mapping ? customLayout(mapping) : null,
      ...(onProgress ? { onProgress } : {}),
    });
    const limits = limitsOf(report);
    for (const limit of limits) onIncomplete(new InputError("unreadable", limit));
    const formats = [...report.records].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
    return {
      input: {
        name: index,
        format: formats[0] ?? null,
        formats,
        lines: report.lines,
        samples: { foreign: [], malformed: [] },
        warnings: [...report.warnings],
        sha256: null,
      },
      async complete(result) {
        result.evidence.limits.push(...limits);
        const examples = result.findings
          .flatMap((finding) => finding.examples)
          .filter((example) => example.input === index && example.line !== null);
        const pointers = examples.map(({ line }) => line as number);
        const documents = await fetchExamples(engine, index, report.kept, pointers, DEFAULT_PATIENCE);
        for (const example of examples) {
          const document = documents.get(example.line as number);
          if (document) {
            example.input = `${document.index}/_doc/${document.id}`;
            example.text = document.text;
          }
          // A document is no line of anything.
          example.line = null;
          example.offset = null;
        }
        await engine.close();
      },
    };
  } catch (cause) {
    await engine.close();
    if (cause instanceof RequestFailure) throw inputErrorOf(cause);
    throw cause;
  }
}
