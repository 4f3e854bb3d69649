/**
 * The contract of a document layout: where its documents keep what a record holds, and how a bucket of equal documents
 * becomes a record again. One file a layout under `layouts/`.
 */
import type { LogFormat } from "../format.ts";
import type { LogRecord } from "../record.ts";
import type { Fields } from "./server/fields.ts";
import type { Query } from "./server/query.ts";

/** Names of the fields that every layout has; null: it has none. */
export interface LayoutNames {
  time: string;
  source: string;
  destination: string;
  /** The translated destination. */
  nat: string | null;
  sourcePort: string;
  destinationPort: string;
  natPort: string | null;
  /** The translated source port, where no field says outright that it is another one. */
  sourceNatPort: string | null;
}

export interface LayoutClauses {
  tcp: Query;
  udp: Query;
  /** The document itself says that its source opened the conversation; whatever is in doubt is not. */
  opened: Query;
  /** TCP packets that open a connection, and that answer such a packet. */
  syn: Query;
  synAck: Query;
  /** Documents of one packet each, and those that tell of a session at its end: of them sizes are looked at. */
  packets: Query;
  sessionEnds: Query;
  /** Surely denied, and neither late nor inspected; and surely late: TCP of a connection that is no longer known. */
  refused: Query;
  late: Query;
  /** At least all documents with the verdict `deny`. */
  denied: Query;
  /** Worth counting exactly whoever it concerns: what inspection engines say. */
  notable: Query;
}

/** A field whose values must be told apart; never one that may hold several values at once. */
export interface KeyField {
  field: string;
  /** Also where the traffic concerns no deployed host. */
  everywhere: boolean;
}

/**
 * Something that no single value tells (several values in one field, words in a text): documents are counted apart by
 * the first option that they fit. Its value is the option's, or "" where none fits.
 */
export interface Split {
  name: string;
  options: readonly { value: string; query(fields: Fields): Query }[];
}

/** Fields that are added up; null: the layout has none. */
export interface SummedFields {
  bytes: string | null;
  packets: string | null;
  replyPackets: string | null;
  lostEvents: string | null;
  /** Bytes that a traffic shaper threw away: absent where documents do not tell, several fields for both ways. */
  shaperDropped?: readonly string[];
}

/** Where documents tell host names of addresses. */
export interface NamingFields {
  /** The name asked for in a DNS record, and the addresses of the answer. */
  question: string;
  answers: string;
  /** Names of the destination. */
  sessions: readonly string[];
  /** DNS records; records of any inspection engine; those whose engine stopped what it saw. */
  dns(fields: Fields): Query;
  inspected(fields: Fields): Query;
  stopped(fields: Fields): Query;
}

/** The values that all documents of a bucket share; a field that they lack is "" or -1. */
export interface BucketValues {
  text(field: string): string;
  number(field: string): number;
}

export interface Layout {
  id: string;
  title: string;
  /** Its documents among all others. */
  documents(fields: Fields): Query;
  names: LayoutNames;
  /** Absent: its documents tell none. */
  naming?: NamingFields;
  clauses(fields: Fields): LayoutClauses;
  keys: readonly KeyField[];
  splits: readonly Split[];
  sums: SummedFields;
  /**
   * Fills the record from a bucket, all but times and sums, and returns the format of the log behind it; `foreign` where
   * the documents say nothing of traffic, null where they cannot be understood.
   */
  open(): BucketReader;
}

export type BucketReader = (values: BucketValues, into: LogRecord) => LogFormat | "foreign" | null;
