/** German for the states of policies, and what they rest on. */
export const policies = {
  "firewall logs do not show it: read it": "aus Firewall-Protokollen nicht ersichtlich: bitte lesen und selbst prüfen",
  "see finding {0}": "siehe Befund {0}",
  "see findings {0}": "siehe Befunde {0}",

  // prohibitions
  "traffic from the Internet reached {0}": "Verkehr aus dem Internet hat {0} erreicht",
  "{0} from the Internet was denied": "{0} aus dem Internet wurde blockiert",
  "{0} from the Internet were denied": "{0} aus dem Internet wurden blockiert",
  "{0}, and none was allowed": "{0}, keiner wurde erlaubt",
  "{0}; {1} logs no allowed traffic, so an exception for single addresses would not show":
    "{0}; {1} protokolliert keinen erlaubten Verkehr, eine Ausnahme für einzelne Adressen bliebe daher verborgen",
  "allowed traffic from the Internet is logged, and none of it went there":
    "erlaubter Verkehr aus dem Internet wird protokolliert, und keiner davon ging dorthin",
  "nothing from outside was seen to go there; {0}": "von außen wurde kein Zugriff darauf beobachtet; {0}",

  // outbound traffic
  "{0} to the outside was denied": "{0} nach außen wurde blockiert",
  "{0} to the outside were denied": "{0} nach außen wurden blockiert",
  "outbound traffic was allowed, none of it denied": "ausgehender Verkehr wurde erlaubt, keiner blockiert",
  "outbound traffic was allowed, but not all denials need show: {0}":
    "ausgehender Verkehr wurde erlaubt, aber nicht jede Blockierung muss sichtbar sein: {0}",

  // SIP helpers and inspection
  "{0}: no built-in SIP helper; a proxy that was added, or another router on the way, would not show in these logs":
    "{0}: kein eigener SIP-Helper; ein nachträglich installierter Proxy oder ein anderer Router auf dem Weg wäre in diesen Protokollen nicht sichtbar",
  "no line of a SIP helper, and one that changes packets silently leaves none: look at the settings, or see its lines with {0}":
    "keine Protokollzeile eines SIP-Helpers; einer, der Pakete stillschweigend ändert, hinterlässt auch keine: bitte die Einstellungen prüfen oder seine Zeilen sichtbar machen – {0}",
  "inspection engines looked into {0} of its hosts and stopped {1} of them":
    "Inspektionsmodule haben {0} dieser Hosts untersucht und davon {1} gestoppt",
  "no line of an inspection engine, and one that only watches leaves none by default; to see them: {0}":
    "keine Protokollzeile eines Inspektionsmoduls; eines, das nur mitliest, hinterlässt in der Voreinstellung keine. So werden sie sichtbar: {0}",
  "pf has no SIP helper; see whether the package siproxd is installed":
    "pf hat keinen SIP-Helper; prüfen, ob das Paket siproxd installiert ist",
  "pf has no SIP helper; see whether the plugin siproxd is installed":
    "pf hat keinen SIP-Helper; prüfen, ob das Plugin siproxd installiert ist",
  "pf looks into no content; the packages Suricata and Snort write logs of their own":
    "pf untersucht keine Inhalte; die Pakete Suricata und Snort schreiben eigene Protokolle",
  "pf looks into no content; Suricata (Services > Intrusion Detection) writes a log of its own":
    "pf untersucht keine Inhalte; Suricata (Services > Intrusion Detection) schreibt ein eigenes Protokoll",
  '"set log-violations enable" and "set log-call-summary enable" in the VoIP profile of the policy (config voip profile, config sip)':
    "„set log-violations enable“ und „set log-call-summary enable“ im VoIP-Profil der Policy setzen (config voip profile, config sip)",
  '"set logtraffic all" in the policy, and logging in its security profiles (set log enable, set extended-log enable)':
    "„set logtraffic all“ in der Policy setzen und die Protokollierung in deren Sicherheitsprofilen einschalten (set log enable, set extended-log enable)",
  "conntrack -L | grep helper=sip shows what the helper holds; it writes a line only where it drops":
    "conntrack -L | grep helper=sip zeigt, was der Helper hält; eine Zeile schreibt er nur, wenn er verwirft",
  "netfilter looks into no content by itself; what is fed by NFQUEUE writes a log of its own":
    "netfilter selbst untersucht keine Inhalte; was über NFQUEUE angebunden ist, schreibt ein eigenes Protokoll",
  "Windows Firewall has no SIP helper": "die Windows-Firewall hat keinen SIP-Helper",
  "Windows Firewall looks into no content; security suites write logs of their own":
    "die Windows-Firewall untersucht keine Inhalte; Security-Suites schreiben eigene Protokolle",

  // timeouts
  "the logs tell of no expired conversation, and not how long UDP sessions of SIP last (FortiGate's session ends do: {0}); compare the timeout on the device":
    "die Protokolle zeigen weder eine abgelaufene Verbindung noch, wie lange UDP-Sitzungen von SIP bestehen (bei FortiGate zeigt es das Sitzungsende: {0}); bitte den Timeout am Gerät abgleichen",
  "of {0} of SIP over UDP the shortest lasted {1} seconds ({2}), so the timeout there is no longer":
    "von {0} mit SIP über UDP dauerte die kürzeste {1} Sekunden ({2}), länger ist der Timeout dort also nicht",
  "the vendor gives no number; {0}: hold it against the keepalive interval":
    "der Hersteller nennt keine Zahl; {0}: bitte mit dem Keepalive-Intervall vergleichen",
  "the vendor wants {0} seconds at least; {1}": "der Hersteller verlangt mindestens {0} Sekunden; {1}",
  "the vendor wants {0} seconds at least, and of {1} of SIP over UDP none ended sooner":
    "der Hersteller verlangt mindestens {0} Sekunden, und von {1} mit SIP über UDP endete keine früher",

  // marks
  "marks are cleared on the way outside, where they usually have no effect: {0}":
    "Markierungen werden auf dem Weg nach außen gelöscht, wo sie meist ohnehin wirkungslos sind: {0}",
  "no audio of its hosts is logged with its mark; pf and netfilter log it ({0}), FortiGate and Windows do not":
    "von diesen Hosts ist kein Sprachverkehr mit Markierung protokolliert; pf und netfilter protokollieren sie ({0}), FortiGate und Windows nicht",
  "audio of {0} reaches {1} without a mark ({2} of {3}): the firewall cannot have cleared it, so look at the sender and the switches before it":
    "Sprachverkehr von {0} erreicht {1} ohne Markierung ({2} von {3}): Die Firewall kann sie nicht gelöscht haben, daher bitte den Absender und die Switches davor prüfen",
  "audio is marked {0} on both sides of {1}": "Sprachverkehr ist auf beiden Seiten von {1} mit {0} markiert",
  "audio reaches {0} marked {1}; how it leaves is not logged: {2}, on the outward interface":
    "Sprachverkehr erreicht {0} mit der Markierung {1}; wie er hinausgeht, ist nicht protokolliert: {2}, auf der ausgehenden Schnittstelle",
  "audio reaches {0} marked {1}": "Sprachverkehr erreicht {0} mit der Markierung {1}",
};
