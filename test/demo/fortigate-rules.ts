/** Interfaces and policies of headquarters' FortiGate. */
import type { FortiPolicy, Port } from "./fortigate-lines.ts";

export const WAN: Port = { name: "wan1", role: "wan" };
export const SERVERS: Port = { name: "vlan20-srv", role: "lan" };
export const PHONES_LAN: Port = { name: "vlan21-voice", role: "lan" };
export const OFFICE: Port = { name: "vlan30-office", role: "lan" };
export const REMOTE_USERS: Port = { name: "ssl.root", role: "undefined" };
export const ITSELF: Port = { name: "root", role: "undefined" };

const policy = (id: number, name: string, uuid: string): FortiPolicy => ({ id, name, uuid });

export const POLICIES = {
  officeToInternet: policy(1, "office-to-internet", "5b1e9c1a-03c2-51ef-8e0b-91f2ad0c7a11"),
  serverToInternet: policy(2, "server-to-internet", "61c07d52-03c2-51ef-a5d4-1e5d0f4f6a02"),
  voiceToServer: policy(3, "voice-to-server", "6a51e3de-03c2-51ef-b1aa-77c3b4be2e93"),
  serverToVoice: policy(4, "server-to-voice", "6f0a2bb4-03c2-51ef-9f43-d06c5f8f8d54"),
  officeToServer: policy(5, "office-to-server", "74d5c690-03c2-51ef-8c3e-2a1fb1d7c135"),
  upperFloorToServer: policy(14, "upper-floor-to-server", "c2f6a1d8-a8f5-51f1-9d60-5be0fb0ce7a6"),
  remoteToServer: policy(7, "sslvpn-to-server", "7b90fa2c-03c2-51ef-bd17-0c4f6f2d9b47"),
  remoteConnector: policy(8, "vip-remoteconnector", "80b3d67e-03c2-51ef-a2f9-e9b3e3b1ac58"),
  voiceToInternet: policy(9, "voice-to-internet", "8577b3c6-03c2-51ef-93cd-3f5f0b9a1d69"),
  noLicence: policy(11, "server-block-other", "90aa4e10-03c2-51ef-8b21-a7d2c50e4f7a"),
} as const;
