/** Which Elasticsearch to speak to, and as whom: from flags, then the environment, then the site file (never a secret). */
import type { CustomMapping } from "../../ingest/elasticsearch/layouts/custom.ts";
import {
  type ConnectionSettings,
  DEFAULT_TIMEOUT_MS,
  type Login,
  urlOfCloudId,
} from "../../ingest/elasticsearch/server/settings.ts";
import type { Site } from "../../rules/site/site.ts";
import { UsageError } from "../exit.ts";

export interface ElasticsearchFlags {
  elasticsearch?: string;
  index?: string;
  cloudId?: string;
  apiKey?: string;
  apiKeyEnv?: string;
  user?: string;
  passwordEnv?: string;
  caFile?: string;
  caFingerprint?: string;
  requestTimeout?: string;
}

export const ENVIRONMENT = {
  url: "ELASTICSEARCH_URL",
  index: "ELASTICSEARCH_INDEX",
  cloudId: "ELASTIC_CLOUD_ID",
  apiKey: "ELASTIC_API_KEY",
  bearer: "ELASTIC_BEARER_TOKEN",
  username: "ELASTIC_USERNAME",
  password: "ELASTIC_PASSWORD",
  caFile: "ELASTIC_CA_FILE",
  caFingerprint: "ELASTIC_CA_FINGERPRINT",
} as const;

export interface ElasticsearchTarget {
  settings: ConnectionSettings;
  index: string;
  /** What the site file says of documents of its own. */
  mapping: CustomMapping | null;
}

/** The server and index to audit; null where neither flags nor, without other inputs, anything else names one. */
export function auditTarget(flags: ElasticsearchFlags, site: Site, hasInputs: boolean): ElasticsearchTarget | null {
  const isAsked = flags.elasticsearch !== undefined || flags.cloudId !== undefined || flags.index !== undefined;
  const known = site.elasticsearch;
  const isKnown =
    known?.url !== undefined || setting(ENVIRONMENT.url) !== null || setting(ENVIRONMENT.cloudId) !== null;
  if (!isAsked && (hasInputs || !isKnown)) return null;
  const index = flags.index ?? setting(ENVIRONMENT.index) ?? known?.index ?? null;
  if (index === null)
    throw new UsageError(
      "say which documents: --index 'logs-*' (or a data stream, or several with commas between them)",
    );
  return targetAt(connectionSettings(flags, known?.url ?? null), index, site);
}

/**
 * The documents of one customer of many. What the environment says of an index would be said of all of them, and bring
 * the logs of one into the reports of the others.
 */
export function customerTarget(flags: ElasticsearchFlags, site: Site): ElasticsearchTarget {
  const known = site.elasticsearch;
  const index = flags.index ?? known?.index ?? null;
  if (index === null)
    throw new UsageError(
      "say which documents are this customer's: index, under elasticsearch here or in the site file",
    );
  const own = flags.elasticsearch ?? (flags.cloudId === undefined ? known?.url : undefined);
  const settings = connectionSettings(own === undefined ? flags : { ...flags, elasticsearch: own }, null);
  return targetAt(settings, index, site);
}

function targetAt(settings: ConnectionSettings, index: string, site: Site): ElasticsearchTarget {
  return { settings, index: checkedIndex(index), mapping: site.elasticsearch?.mapping ?? null };
}

/** The server and the data stream or index to ship to. */
export function shipTarget(flags: ElasticsearchFlags): ElasticsearchTarget {
  const index = flags.index ?? setting(ENVIRONMENT.index);
  if (index === null) throw new UsageError("say where to: --index logs-ringfence-default");
  if (/[*?,]/.test(index)) throw new UsageError(`--index ${index}: documents go to one data stream or index`);
  if (/[A-Z\s"\\/<>|#]/.test(index) || /^[-_+.]/.test(index))
    throw new UsageError(
      `--index ${index}: names are lower case, without blanks and / \\ " < > | #, and begin with a letter`,
    );
  return { settings: connectionSettings(flags, null), index, mapping: null };
}

function checkedIndex(index: string): string {
  if (/[\s/?#]/.test(index) || index.startsWith("_"))
    throw new UsageError(`--index ${index}: this is no name of an index`);
  return index;
}

function connectionSettings(flags: ElasticsearchFlags, siteUrl: string | null): ConnectionSettings {
  const ownUrl = flags.elasticsearch ?? null;
  const ownCloud = flags.cloudId ?? null;
  if (ownUrl !== null && ownCloud !== null) throw new UsageError("--elasticsearch and --cloud-id name two servers");
  const cloudId = ownCloud ?? (ownUrl === null ? setting(ENVIRONMENT.cloudId) : null);
  const url = ownUrl ?? (cloudId === null ? (setting(ENVIRONMENT.url) ?? siteUrl) : null);
  if (url === null && cloudId === null)
    throw new UsageError(`say where Elasticsearch is: --elasticsearch https://host:9200, or ${ENVIRONMENT.url}`);
  const address = checkedUrl(
    url ?? cloudUrl(cloudId as string, ownCloud === null ? ENVIRONMENT.cloudId : "--cloud-id"),
  );
  return {
    url: address.href,
    login: loginOf(flags, address),
    caFile: flags.caFile ?? setting(ENVIRONMENT.caFile),
    caFingerprint: flags.caFingerprint ?? setting(ENVIRONMENT.caFingerprint),
    timeoutMs: timeoutOf(flags.requestTimeout),
  };
}

function cloudUrl(cloudId: string, saidBy: string): string {
  const url = urlOfCloudId(cloudId);
  if (url === null)
    throw new UsageError(`${saidBy}: this is no cloud id; copy it whole from the deployment's page on Elastic Cloud`);
  return url;
}

/** The address is never repeated in a message: a login may stand in it. */
function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw new UsageError("--elasticsearch: this is no address; write https://host:9200");
  return url;
}

/** A flag outweighs the environment; an API key outweighs a password. */
function loginOf(flags: ElasticsearchFlags, url: URL): Login {
  if (flags.apiKey !== undefined) return { kind: "api-key", key: flags.apiKey };
  if (flags.apiKeyEnv !== undefined) {
    const key = setting(flags.apiKeyEnv);
    if (key === null) throw new UsageError(`no API key: ${flags.apiKeyEnv} is not set`);
    return { kind: "api-key", key };
  }
  if (flags.user !== undefined) return basic(flags.user, flags.passwordEnv);
  if (url.username !== "")
    return {
      kind: "basic",
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
  const key = setting(ENVIRONMENT.apiKey);
  if (key !== null) return { kind: "api-key", key };
  const token = setting(ENVIRONMENT.bearer);
  if (token !== null) return { kind: "bearer", token };
  const username = setting(ENVIRONMENT.username);
  return username === null ? { kind: "none" } : basic(username, flags.passwordEnv);
}

function basic(username: string, passwordEnv: string | undefined): Login {
  const name = passwordEnv ?? ENVIRONMENT.password;
  const password = setting(name);
  if (password === null)
    throw new UsageError(`no password for ${username}: set ${name}, or name another with --password-env`);
  return { kind: "basic", username, password };
}

function timeoutOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_TIMEOUT_MS;
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new UsageError(`--request-timeout: ${text} is no number of seconds`);
  return seconds * 1000;
}

function setting(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === "" ? null : value;
}
