/** German for the remedies of inspection checks. Menus and commands stay the product's. */
export const checkRemedies = {
  // deep inspection
  "Narrower: exempt the one signature (config ips sensor: config entries, set action pass for that rule) or the one host from TLS inspection (config firewall ssl-ssh-profile: config ssl-exempt).":
    "Gezielter: nur die eine Signatur ausnehmen (config ips sensor: config entries, set action pass für diese Regel) oder nur den einen Host von der TLS-Inspektion (config firewall ssl-ssh-profile: config ssl-exempt).",
  "Check: no more blocking records for the host; diagnose debug flow shows the session offloaded. Undo: set the profiles again.":
    "Kontrolle: keine blockierenden Einträge mehr für den Host; diagnose debug flow zeigt die Sitzung als offloaded. Rückgängig: Profile wieder setzen.",

  // DSCP
  "pf keeps the mark unless told otherwise: look for a limiter, ALTQ queue or a floating match rule on the outside interface (Firewall > Traffic Shaper), and for a tunnel interface that starts a new outer header.":
    "pf behält die Markierung, sofern nichts anderes eingestellt ist: nach einem Limiter, einer ALTQ-Queue oder einer Floating-Match-Regel auf der externen Schnittstelle suchen (Firewall > Traffic Shaper), ebenso nach einer Tunnel-Schnittstelle, die einen neuen äußeren Header erzeugt.",
  "Check: pass lines with TOS 0xb8 on both interfaces. Undo: enable the shaper again.":
    "Kontrolle: Pass-Zeilen mit TOS 0xb8 auf beiden Schnittstellen. Rückgängig: Shaper wieder aktivieren.",
  "Firewall > Shaper and the rules' advanced feature Set priority / DSCP on the outside interface.":
    "Firewall > Shaper sowie in den Regeln der externen Schnittstelle die erweiterte Option Set priority / DSCP prüfen.",
  "Check: pass lines with TOS 0xb8 on both interfaces. Undo: restore the rule.":
    "Kontrolle: Pass-Zeilen mit TOS 0xb8 auf beiden Schnittstellen. Rückgängig: Regel wiederherstellen.",
  "Check: TOS=0x18 PREC=0xA0 (together 0xb8) in LOG lines of POSTROUTING. Undo: the same command with -D.":
    "Kontrolle: TOS=0x18 PREC=0xA0 (zusammen 0xb8) in LOG-Zeilen von POSTROUTING. Rückgängig: derselbe Befehl mit -D.",

  // media
  "Check: pass lines and audio both ways. Undo: disable the rule.":
    "Kontrolle: Pass-Zeilen und Ton in beiden Richtungen. Rückgängig: Regel deaktivieren.",
  "Check: audio both ways. Undo: disable the rule.":
    "Kontrolle: Ton in beiden Richtungen. Rückgängig: Regel deaktivieren.",
  "Check: rcvdpkt above 0 in the next calls. Undo: restore the service.":
    "Kontrolle: rcvdpkt über 0 bei den nächsten Gesprächen. Rückgängig: Service wiederherstellen.",
  "Check: the counter grows by 50 a second during a call. Undo: the same command with -D.":
    "Kontrolle: Der Zähler steigt während eines Gesprächs um 50 pro Sekunde. Rückgängig: derselbe Befehl mit -D.",
  'Check: no more DROP lines. Undo: Remove-NetFirewallRule -DisplayName "ringfence RTP".':
    'Kontrolle: keine DROP-Zeilen mehr. Rückgängig: Remove-NetFirewallRule -DisplayName "ringfence RTP".',

  // out of state
  "System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (keeps idle states longer).":
    "System > Advanced > Firewall & NAT: Firewall Optimization Options = Conservative (behält ruhende Zustände länger).",
  "Check: the denied lines stop; Diagnostics > States shows the connection between two keepalives. Undo: Normal.":
    "Kontrolle: keine weiteren Block-Zeilen; Diagnostics > States zeigt die Verbindung zwischen zwei Keepalives. Rückgängig: Normal.",
  "Firewall > Settings > Advanced: Firewall Optimization = conservative.":
    "Firewall > Settings > Advanced: Firewall Optimization = conservative.",
  "Check: the denied lines stop. Undo: normal.": "Kontrolle: keine weiteren Block-Zeilen. Rückgängig: normal.",
  "Check: diagnose sys session list shows the session between keepalives. Undo: delete the entry.":
    "Kontrolle: diagnose sys session list zeigt die Sitzung zwischen zwei Keepalives. Rückgängig: Eintrag löschen.",
  "432000 (five days, the default) is not to blame: look for a second path or a restart. Where it is less than 7440:":
    "432000 (fünf Tage, die Voreinstellung) ist nicht schuld: nach einem zweiten Weg oder einem Neustart suchen. Ist es weniger als 7440:",
  "sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=7440      # keep it in /etc/sysctl.d":
    "sysctl -w net.netfilter.nf_conntrack_tcp_timeout_established=7440      # dauerhaft in /etc/sysctl.d",
  "Check: conntrack -L -p tcp --dport 5060 shows the entry between keepalives. Undo: set the old value.":
    "Kontrolle: conntrack -L -p tcp --dport 5060 zeigt den Eintrag zwischen zwei Keepalives. Rückgängig: alten Wert setzen.",
  "Shorten the phone system's keepalive interval: Windows Firewall has no timeout to set. Check: no more DROP lines with flags A or PA. Undo: the old interval.":
    "Keepalive-Intervall der Telefonanlage verkürzen: In der Windows-Firewall lässt sich kein Timeout einstellen. Kontrolle: keine DROP-Zeilen mit den Flags A oder PA mehr. Rückgängig: altes Intervall.",

  // pinholes
  "Check: sessions from the second address are accepted. Undo: set strict-register enable.":
    "Kontrolle: Sitzungen von der zweiten Adresse werden angenommen. Rückgängig: set strict-register enable.",
  "echo 'options nf_conntrack_sip sip_direct_media=0 sip_direct_signalling=0' > /etc/modprobe.d/sip-helper.conf      # over a restart":
    "echo 'options nf_conntrack_sip sip_direct_media=0 sip_direct_signalling=0' > /etc/modprobe.d/sip-helper.conf      # über einen Neustart",
  "Check: the counters grow during a call. Undo: echo 1 in place of 0, without that file; the same commands with -D.":
    "Kontrolle: Die Zähler steigen während eines Gesprächs. Rückgängig: echo 1 statt 0, ohne diese Datei; dieselben Befehle mit -D.",

  // rate limits
  "Check: diagnose ips anomaly list; no more lines with subtype=anomaly for the provider. Undo: set action block.":
    "Kontrolle: diagnose ips anomaly list; keine Zeilen mit subtype=anomaly für den Provider mehr. Rückgängig: set action block.",
  "Firewall > Rules > the pass rule of the provider > Advanced Options: raise or empty Max. src nodes, Max. connections, Max. src states.":
    "Firewall > Rules > Pass-Regel des Providers > Advanced Options: Max. src nodes, Max. connections und Max. src states erhöhen oder leeren.",
  "Check: no more block lines with reason src-limit. Undo: put the old numbers back.":
    "Kontrolle: keine Block-Zeilen mit dem Grund src-limit mehr. Rückgängig: alte Werte eintragen.",
  "Firewall > Rules > the pass rule > Advanced features: raise or empty Max source nodes / states.":
    "Firewall > Rules > Pass-Regel > Advanced features: Max source nodes / states erhöhen oder leeren.",
  "Check: {0} -vL shows the limit's counter at rest during calls. Undo: the same command with -D.":
    "Kontrolle: {0} -vL zeigt, dass der Zähler der Begrenzung während Gesprächen stillsteht. Rückgängig: derselbe Befehl mit -D.",
  "<phone system>": "<Telefonanlage>",
  "<peers>": "<Gegenstellen>",
  "<provider>": "<Provider>",
  "<RTP range>": "<RTP-Bereich>",
  "<number of the policy>": "<Nummer der Regel>",
  "<outward interface>": "<Schnittstelle nach außen>",
  "<that profile>": "<dieses Profil>",
  "Give the phone system a policy of its own above the general one (narrow srcaddr, dstaddr and service) and take the profiles off it, or off the policy that let it pass if that serves nothing else:":
    "Der Telefonanlage eine eigene Regel über der allgemeinen geben (srcaddr, dstaddr und service eng gefasst) und die Profile dort entfernen, oder an der Regel, die den Verkehr durchließ, falls sie nichts anderem dient:",
  "Look for a rule that clears it, and remove it:":
    "Nach einer Regel suchen, die die Markierung löscht, und sie entfernen:",
  "Or set it again, with the LOG rule behind it:": "Oder sie wieder setzen, mit der LOG-Regel dahinter:",
  "Firewall > Rules, interface of the block lines: pass UDP with logging, source {0}, destination {1}, port {2}. No port forward where the vendor wants none, but Firewall > NAT > Outbound: static port for the phone system.":
    "Firewall > Rules, Schnittstelle der Block-Zeilen: Pass für UDP mit Protokollierung, Quelle {0}, Ziel {1}, Port {2}. Keine Portweiterleitung, wo der Hersteller keine will, sondern Firewall > NAT > Outbound: Static Port für die Telefonanlage.",
  "Firewall > Rules, interface of the block lines: pass UDP with logging, source {0}, destination {1}, port {2}.":
    "Firewall > Rules, Schnittstelle der Block-Zeilen: Pass für UDP mit Protokollierung, Quelle {0}, Ziel {1}, Port {2}.",
  "The packets came to the firewall's outside address, and it knew no conversation for them: see first whether its UDP timeout outlasts pauses in the audio (on hold, silence) and whether it keeps the source port on the way out.":
    "Die Pakete kamen an der äußeren Adresse der Firewall an, und sie kannte keine Verbindung dazu: Prüfen Sie zuerst, ob ihr UDP-Timeout länger ist als Pausen im Ton (Halten, Stille) und ob sie den Quellport auf dem Weg nach außen beibehält.",
  "Denied: add UDP {0} to the services of the policy that lets {1} reach {2}. Sent and none back: do answers arrive at the outside interface?":
    "Abgelehnt: UDP {0} in die Dienste der Regel aufnehmen, nach der {1} Zugang zu {2} hat. Gesendet und nichts zurück: Kommen Antworten an der äußeren Schnittstelle an?",
  "They do: look for the address and port in SDP (with the ALG: diagnose sys sip-proxy calls list; else a capture of the SIP). They do not: ask the provider.":
    "Wenn ja: Adresse und Port im SDP ansehen (mit ALG: diagnose sys sip-proxy calls list; sonst ein Mitschnitt des SIP). Wenn nein: den Provider fragen.",
  "The VoIP profile of the policy stands in (none: default):": "Das VoIP-Profil der Regel steht in (keines: default):",
  "Without the ALG: add {0} to srcaddr of the policy that lets the provider's SIP and RTP in.":
    "Ohne ALG: {0} in srcaddr der Regel aufnehmen, die SIP und RTP des Providers hereinlässt.",
  "Firewall > Aliases: add {0} to the alias that the provider's pass rule and port forward have as source (make one if they name a single address).":
    "Firewall > Aliases: {0} in den Alias aufnehmen, den Pass-Regel und Portweiterleitung des Providers als Quelle haben (einen anlegen, falls sie eine einzelne Adresse nennen).",
  "Check: pass lines for the second address. Undo: take it out of the alias.":
    "Kontrolle: Pass-Zeilen für die zweite Adresse. Rückgängig: sie aus dem Alias nehmen.",
  "With the helper:": "Mit dem Helper:",
  "Without (its other ports by the vendor's list):": "Ohne ihn (die weiteren Ports nach der Liste des Herstellers):",
  "Or keep the action, with set threshold above 50 x calls x 2. Better: a DoS policy above it with srcaddr {0} and without udp_flood.":
    "Oder die Aktion behalten, mit set threshold über 50 x Gespräche x 2. Besser: eine DoS-Regel darüber mit srcaddr {0} und ohne udp_flood.",
  "Accept the provider's media before the limit:": "Die Sprachdaten des Providers vor der Begrenzung zulassen:",
  "It does not: ask the next hop and the peer. It does: these name what drops it; take that profile or DoS policy off the phone system's policy.":
    "Wenn nein: den nächsten Hop und die Gegenstelle fragen. Wenn ja: Diese nennen, was sie verwirft; jenes Profil oder jene DoS-Regel von der Regel der Telefonanlage nehmen.",
  "Check: rcvdpkt above 0. Undo: restore the profiles, diagnose debug disable, diagnose debug reset.":
    "Kontrolle: rcvdpkt über 0. Rückgängig: die Profile wieder setzen, diagnose debug disable, diagnose debug reset.",
  "Do request and answer take the same interface?": "Nehmen Anfrage und Antwort dieselbe Schnittstelle?",
  "Connection tracking puts fragments together, as soon as some rule asks for it:":
    "Connection Tracking setzt Fragmente zusammen, sobald eine Regel danach fragt:",
  "Or where rules are to stay stateless:": "Oder wenn die Regeln zustandslos bleiben sollen:",
  "Or for SIP alone:": "Oder nur für SIP:",
  "Check: diagnose sys session filter dport 5060; diagnose sys session list (expire never reaches 0). Undo: unset udp-idle-timer, or delete the entry.":
    "Kontrolle: diagnose sys session filter dport 5060; diagnose sys session list (expire erreicht nie 0). Rückgängig: unset udp-idle-timer, oder den Eintrag löschen.",
};
