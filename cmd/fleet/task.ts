/** What the run and the process of one customer say to each other. */
import type { LanguageId } from "../../rules/result.ts";
import type { FleetCustomer } from "./config.ts";
import type { CustomerRow } from "./overview.ts";

/** Everything that the process of one customer knows; it is told of no other. */
export interface CustomerTask {
  customer: FleetCustomer;
  formats: string[];
  /** Of the overview. */
  language: LanguageId;
  /** Absolute. */
  output: string;
  run: string;
  catalogDir: string | null;
  threads: number;
  nowMs: number;
}

/** Its answer, once. */
export interface CustomerAnswer {
  row: CustomerRow;
}
