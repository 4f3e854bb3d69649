/** Who is where at Muster GmbH. All public addresses are from the ranges that are set aside for documentation. */
import type { Random } from "./random.ts";
import { moment } from "./week.ts";

/** Headquarters: SwyxWare behind a FortiGate, the SIP trunk over a Linux gateway of its own. */
export const HQ = {
  server: "10.20.0.10",
  serverV6: "2001:db8:20::10",
  sipGateway: "10.20.0.2",
  fortigateInside: "10.20.0.1",
  phonesCidr: "10.20.0.64/26",
  officeCidr: "10.20.10.0/24",
  remoteUsersCidr: "10.20.200.0/24",
  wan: "198.51.100.5",
  trunk: "192.0.2.10",
  admin: "10.20.10.8",
} as const;

/** Branch "Werk Nord": AGFEO behind pfSense. */
export const NORD = {
  pbx: "192.168.10.5",
  firewall: "192.168.10.1",
  phonesCidr: "192.168.10.64/26",
  systemPhonesCidr: "192.168.12.32/27",
  officeCidr: "192.168.11.0/24",
  homeOfficeCidr: "10.99.0.0/24",
  wan: "198.51.100.20",
  wanV6: "2001:db8:10::2",
} as const;

export const PROVIDER = { cidr: "203.0.113.0/26", sip: "203.0.113.10", sipSpare: "203.0.113.11" } as const;

/** Servers that vendors and others run. */
export const CLOUD = {
  swyxLicence: "203.0.113.80",
  swyxPhoneList: "203.0.113.81",
  applePush: "203.0.113.84",
  googlePush: "203.0.113.85",
  agfeoRemote: "203.0.113.70",
  agfeoRemote2: "203.0.113.71",
  agfeoLicence: "203.0.113.72",
  agfeoUpdate: "203.0.113.73",
  agfeoHelp: "203.0.113.74",
  phoneFirmware: "203.0.113.90",
  dns: "198.51.100.53",
  ntp: "198.51.100.123",
  mail: "203.0.113.100",
} as const;

export const phone = (index: number): string => `10.20.0.${70 + (index % 14)}`;
export const PHONES = 14;

/** Thursday morning, when people moved into the new upper floor. */
export const UPPER_FLOOR_FROM_MS = moment(3, "08:10");

export const client = (index: number): string => `10.20.10.${20 + (index % 22)}`;
export const upperFloorClient = (index: number): string => `10.20.10.${140 + (index % 5)}`;
export const remoteUser = (index: number): string => `10.20.200.${2 + (index % 6)}`;

export const nordPhone = (index: number): string => `192.168.10.${70 + (index % 6)}`;
export const nordSystemPhone = (index: number): string => `192.168.12.${40 + (index % 4)}`;
export const nordClient = (index: number): string => `192.168.11.${20 + (index % 9)}`;
export const homePhone = (index: number): string => `10.99.0.${6 + 4 * (index % 3)}`;

export const mediaServer = (random: Random): string => `203.0.113.${random.between(20, 29)}`;

/** A web server of no further interest. */
export function website(random: Random): string {
  return random.chance(0.5) ? `198.51.100.${random.between(64, 119)}` : `203.0.113.${random.between(104, 127)}`;
}

export function websiteV6(random: Random): string {
  return `2001:db8:80:${random.between(1, 9)}::${random.hex(2)}`.replace("::0", "::a");
}

/** Somebody who tries doors. */
export function scanner(random: Random): string {
  const block = random.pick(["192.0.2", "198.51.100", "203.0.113"]);
  return `${block}.${random.between(192, 250)}`;
}

/** An employee on the road, in a hotel or on a mobile network. */
export const roadWarrior = (index: number): string => `192.0.2.${130 + ((index * 7) % 40)}`;
