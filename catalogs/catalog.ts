/**
 * What a vendor's document says, as data: the normalised form that `ringfence catalogs show ID --json` prints.
 * The shape is public (`ringfence catalogs show --json`); change it only together with its version.
 */

/** Inclusive port interval, `[low, high]`. */
export type PortRange = [low: number, high: number];

/**
 * Ports of one side of a requirement: intervals, or a word where the vendor gives none.
 * `any`: every port; `dynamic`: an ephemeral port (1024-65535); `unknown`: the vendor prints a question mark.
 */
export type PortSet = PortRange[] | "any" | "dynamic" | "unknown";

export type Direction = "in" | "out" | "both" | "mutual";
export type RequirementTransport = "tcp" | "udp";
export type Scope = "wan" | "lan";
export type Strength = "required" | "recommended" | "conditional" | "informational";

export type PolicyKind =
  | "forbid-exposure"
  | "disable-inspection"
  | "disable-alg"
  | "allow-outbound"
  | "restrict-source"
  | "vpn-only"
  | "timeouts"
  | "qos"
  | "port-allocation"
  | "requirement"
  | "condition"
  | "definition"
  | "setting"
  | "info";

/** What a role means while a site binds no address to it. */
export type UnboundMeaning = "internal" | "any" | "absent";

/** A host or group of hosts that the vendor names, to which a site binds addresses. */
export interface Role {
  id: string;
  title: string;
  /** The one role that `--host ADDRESS` without a name binds; exactly one a catalog. */
  main: boolean;
  /** While nothing is bound; of a group, its members' own meanings count instead. */
  unbound: UnboundMeaning;
  /** SIP trunks: public addresses that a site binds to it lie in the zone of the provider. */
  provider: boolean;
  /** A group such as "all Linux servers": it stands for its members, and for what is bound to it by name. */
  members: string[];
}

/** A piece of the vendor's product that has rows of its own and runs on the hosts of a role. */
export interface Component {
  id: string;
  title: string;
  /** The role whose hosts it runs on, unless the site binds the component's own id. */
  role: string;
}

export interface Parameter {
  id: string;
  default: number;
  title: string;
}

/** Something a site may have or not have: a feature of a deployment, or a deployment variant. */
export interface Named {
  id: string;
  title: string;
}

/** One row of a vendor's port table, for one transport. Ports are seen from the component. */
export interface Requirement {
  id: string;
  /** The vendor's own section label. */
  section: string;
  component: string;
  direction: Direction;
  application: string;
  transport: RequirementTransport;
  localPorts: PortSet;
  /** A role or component id, `any`, `localhost`, or a host name; several host names joined by `;`. */
  remote: string;
  remotePorts: PortSet;
  scope: Scope;
  strength: Strength;
  /** Condition over `version`, `feature`, `deployment` and parameters; null: always. */
  when: string | null;
  configurableVia: string | null;
  uncertain: boolean;
  note: string | null;
}

/** A vendor's statement that is no row of a port table. */
export interface Policy {
  id: string;
  kind: PolicyKind;
  section: string;
  /** In our own words. */
  statement: string;
  /** The component or role it speaks of; null: the whole product. */
  component: string | null;
  transport: RequirementTransport | "any" | null;
  ports: PortRange[];
  /** Of timeouts: how long the firewall must keep an idle UDP conversation at least; null: the vendor gives no number. */
  seconds: number | null;
  when: string | null;
}

export interface Catalog {
  id: string;
  vendor: string;
  product: string;
  document: {
    title: string;
    revision: string;
    /** It prints anybody as a source, and never says whether that means the Internet too; absent: it does. */
    silentOnInternet?: true;
  };
  roles: Role[];
  components: Component[];
  parameters: Parameter[];
  features: Named[];
  deployments: Named[];
  requirements: Requirement[];
  policies: Policy[];
  /** Its texts in other languages: by language, then by the English text. */
  translations: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
