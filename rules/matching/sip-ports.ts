/** SIP's registered ports, the second for TLS (RFC 3261 section 19.1.2). */
export const SIP_PORTS = [5060, 5061] as const;

export function isSipPort(port: number): boolean {
  return port === SIP_PORTS[0] || port === SIP_PORTS[1];
}
