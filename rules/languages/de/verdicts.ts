/** German for findings of requirements and exposures, for states and their reasons, and for limits of the evidence. */
export const verdicts = {
  "(command line)": "(Kommandozeile)",
  "(standard input)": "(Standardeingabe)",

  // findings: blocked but required
  "{0} to {1} blocked, but {2}": "{0} zu {1} blockiert, obwohl {2}",
  "{0} from {1} blocked, but {2}": "{0} von {1} aus blockiert, obwohl {2}",
  "{0} requires it": "{0} dies verlangt",
  "{0} recommends it": "{0} dies empfiehlt",
  "The firewall denied traffic that {0}: {1} {2}.": "Die Firewall hat Verkehr blockiert, den {0}: {1} {2}.",
  "{0} requires": "{0} verlangt",
  "{0} recommends": "{0} empfiehlt",
  "Sent by {0}.": "Gesendet von {0}.",
  "{0} and by {1}": "{0} und von {1}",
  "{0} and by {1} more": "{0} und von {1} weiteren",
  "{0} itself": "{0} selbst",
  "an internal address": "einer internen Adresse",
  "an address in the DMZ": "einer Adresse in der DMZ",
  "an address in the VPN": "einer Adresse im VPN",
  "an address of the provider": "einer Adresse des Providers",
  "an outside address of another firewall of the site": "einer externen Adresse einer anderen Firewall des Standorts",
  "an Internet address that the site also exchanges allowed traffic with":
    "einer Internetadresse, mit der der Standort auch erlaubten Verkehr austauscht",
  "It was sent to an outside address of the firewall; only its port tells for which host, or for which of several alike, it was meant.":
    "Er war an eine externe Adresse der Firewall gerichtet; für welchen Host oder welchen von mehreren gleichen er bestimmt war, verrät nur der Port.",
  "The vendor lists the way in alone, but calls go both ways between the same ports.":
    "Der Hersteller nennt nur den Weg hinein, aber Gespräche laufen zwischen denselben Ports in beide Richtungen.",
  "By its ports it was on its way back, in a conversation whose opening no line shows allowed.":
    "Den Ports nach war er auf dem Rückweg, in einer Verbindung, deren Aufbau keine Zeile als erlaubt zeigt.",
  "No role of the site names the address: if it is no telephone's or user's (a server, a guest), the denial is right. Bind the roles to the addresses of those who may come, to tell them apart.":
    "Keine Rolle des Standorts nennt die Adresse: Gehört sie keinem Telefon oder Benutzer (sondern einem Server, einem Gast), ist die Blockade richtig. Ordnen Sie den Rollen die Adressen derer zu, die kommen dürfen; dann sind sie zu unterscheiden.",
  "The log gives no host name, so the denied address may be another host of the Internet; bind the vendor's host name to its addresses in the site file to be sure.":
    "Das Protokoll nennt keinen Hostnamen, daher kann die blockierte Adresse auch ein anderer Host im Internet sein. Gewissheit schafft es, den Hostnamen des Herstellers in der Standortdatei seinen Adressen zuzuordnen.",
  "Allowed until {0}, {1} of the same, and denied since {2}: something changed in between.":
    "Bis {0} erlaubt, {1} derselben Art, und seit {2} blockiert: Dazwischen hat sich etwas geändert.",
  "Denied until {0}, {1} to the same ports, and allowed since {2}: something changed in between.":
    "Bis {0} blockiert, {1} zu denselben Ports, und seit {2} erlaubt: Dazwischen hat sich etwas geändert.",
  "{0} (until {1})": "{0} (bis {1})",
  "Not denied since {0}; {1} of the same were allowed after it, until {2}.":
    "Seit {0} nicht mehr blockiert; danach wurden {1} derselben Art erlaubt, bis {2}.",
  "Not allowed since {0}; {1} to the same ports were denied after it, until {2}.":
    "Seit {0} nicht mehr erlaubt; danach wurden {1} zu denselben Ports blockiert, bis {2}.",
  "Nothing of it since {0}, though the log goes on until {1}.":
    "Seit {0} nichts mehr davon, obwohl das Protokoll bis {1} reicht.",
  "{0} let it in, and denied it on its way out.": "{0} hat ihn hereingelassen und auf dem Weg hinaus blockiert.",
  "{0} let it through, {1} denied it.": "{0} hat ihn durchgelassen, {1} hat ihn blockiert.",
  "Outbound traffic of {0} is blocked, but {1} wants all of it allowed":
    "Ausgehender Verkehr von {0} wird blockiert, obwohl {1} ihn vollständig erlaubt haben will",
  "The firewall denied packets that {0} itself sent to the outside. {1}":
    "Die Firewall hat Pakete blockiert, die {0} selbst nach außen gesendet hat. {1}",

  // findings: open but unneeded
  "{0} is reachable {1} on {2}, {3}": "{0} ist {1} auf {2} erreichbar, {3}",
  "from the Internet": "aus dem Internet",
  "from the provider's network": "aus dem Netz des Providers",
  "from the DMZ": "aus der DMZ",
  "from the VPN": "aus dem VPN",
  "from inside": "aus dem internen Netz",
  "which the vendor forbids": "was der Hersteller untersagt",
  "though the vendor restricts it to the provider's addresses":
    "obwohl der Hersteller den Zugriff auf die Adressen des Providers beschränkt",
  "though the vendor wants a VPN in between": "obwohl der Hersteller dafür ein VPN verlangt",
  "The firewall let traffic {0} through to {1} ({2}).": "Die Firewall hat Verkehr {0} zu {1} ({2}) durchgelassen.",
  "The vendor lists {0} ({1}) for use inside only.":
    "Der Hersteller führt {0} ({1}) nur für die Nutzung im internen Netz auf.",
  "One firewall lets traffic {0} pass to {1} on {2}, {3}; another stops it":
    "Eine Firewall lässt Verkehr {0} zu {1} auf {2} durch, {3}; eine andere hält ihn auf",
  "One firewall lets traffic {0} pass to {1} of {2}, and {3} does not ask for it; another stops it":
    "Eine Firewall lässt Verkehr {0} zu {1} von {2} durch, und {3} verlangt es nicht; eine andere hält ihn auf",
  "One firewall lets traffic {0} pass to many {1} ports of {2} that no requirement names; another stops it":
    "Eine Firewall lässt Verkehr {0} zu vielen {1}-Ports von {2} durch, die keine Anforderung nennt; eine andere hält ihn auf",
  "Many {0} ports of {1} that no requirement names are reachable {2}":
    "Viele {0}-Ports von {1}, die keine Anforderung nennt, sind {2} erreichbar",
  "{0} of {1} is reachable {2}, and {3} does not ask for it":
    "{0} von {1} ist {2} erreichbar, ohne dass {3} es verlangt",
  "The firewall let traffic to many ports of {0} through, as if a rule allowed everything.":
    "Die Firewall hat Verkehr zu vielen Ports von {0} durchgelassen, als würde eine Regel alles erlauben.",
  "The firewall let it through to {0}, and {1} lists {2} ({3}) without mentioning the Internet: it is for use inside.":
    "Die Firewall hat diesen Verkehr zu {0} durchgelassen. Die Portliste des Herstellers ({1}) führt {2} ({3}) auf, ohne das Internet zu erwähnen: Das ist für die Nutzung im internen Netz gedacht.",
  "The firewall let it through to {0}, and {1} lists it ({2}) only under a condition that this site does not state: {3}. If it holds, say so in the site file.":
    "Die Firewall hat diesen Verkehr zu {0} durchgelassen. Die Portliste des Herstellers ({1}) führt ihn ({2}) nur unter einer Bedingung auf, die für diesen Standort nicht angegeben ist: {3}. Trifft sie zu, tragen Sie das in die Standortdatei ein.",
  "The firewall let it through to {0}, and {1} lists this port for telephones and users, not for the provider: if calls come in here, accept it by a waiver.":
    "Die Firewall hat diesen Verkehr zu {0} durchgelassen. Der Hersteller ({1}) nennt diesen Port für Telefone und Benutzer, nicht für den Provider: Wenn darüber Anrufe ankommen, lassen Sie ihn als Ausnahme zu.",
  "The firewall let it through to {0}, and no requirement of {1} names this port for this peer.":
    "Die Firewall hat diesen Verkehr zu {0} durchgelassen, aber die Portliste des Herstellers ({1}) nennt diesen Port für diese Gegenstelle nicht.",

  // a requirement's row in words
  in: "eingehend",
  out: "ausgehend",
  both: "ein- und ausgehend",
  mutual: "gegenseitig",
  lan: "LAN",
  wan: "WAN",
  any: "beliebig",
  dynamic: "dynamisch",
  unknown: "unbekannt",
  "{0} {1}, local port {2}, peer {3} port {4}": "{0} {1}, lokaler Port {2}, Gegenstelle {3}, Port {4}",
  "{0}: {1} {2} {3}, scope {4}": "{0}: {1} {2} {3}, Geltungsbereich {4}",

  // states of requirements
  "its condition does not hold: {0}": "Bedingung nicht erfüllt: {0}",
  "both ends are the same host: no firewall sees it":
    "beide Enden liegen auf demselben Host: Keine Firewall bekommt diesen Verkehr zu sehen",
  "not deployed: the site binds no address to {0}":
    "nicht im Einsatz: In der Standortdatei ist {0} keiner Adresse zugeordnet",
  "as far as the port tells: the logs do not name {0}":
    "soweit der Port darauf schließen lässt: Die Protokolle nennen {0} nicht",
  "from inside: no line shows whether it is open from the Internet too":
    "von innen: ob auch aus dem Internet, zeigt keine Zeile",
  "from inside: no line shows whether it is blocked from the Internet too":
    "von innen: ob auch aus dem Internet blockiert, zeigt keine Zeile",
  "{0}; {1} of unknown Internet addresses denied: scanners, or those whom it is meant for":
    "{0}; {1} unbekannter Internetadressen blockiert: Scanner oder diejenigen, für die es gedacht ist",
  "allowed for some traffic and denied for other; see the finding for which":
    "teils erlaubt, teils blockiert; Einzelheiten im Befund",
  "the vendor does not state the ports": "der Hersteller nennt die Ports nicht",
  "the site binds no address to {0}, so its traffic cannot be told from other hosts'; bind it in the site file":
    "in der Standortdatei ist {0} keiner Adresse zugeordnet, daher lässt sich dieser Verkehr nicht von dem anderer Hosts unterscheiden; bitte dort ergänzen",
  "{0}; traffic between hosts of one network does not cross the firewall":
    "{0}; Verkehr zwischen Hosts desselben Netzes läuft nicht über die Firewall",
  "no line of the logs was recognised": "keine Protokollzeile wurde erkannt",
  "no line of the logs lies in the chosen window": "keine Protokollzeile liegt im gewählten Zeitraum",
  "allowed traffic is not logged; to see it: {0}":
    "erlaubter Verkehr wird nicht protokolliert; so wird er sichtbar: {0}",
  "{0} logs no allowed traffic ({1})": "{0} protokolliert keinen erlaubten Verkehr ({1})",
  "{0} log no allowed traffic ({1})": "{0} protokollieren keinen erlaubten Verkehr ({1})",
  "{0} logs no denied traffic ({1})": "{0} protokolliert keinen blockierten Verkehr ({1})",
  "{0} log no denied traffic ({1})": "{0} protokollieren keinen blockierten Verkehr ({1})",
  "{0} shows no line of its default deny ({1})": "{0} zeigt keine Zeile seines Default-Deny ({1})",
  "{0} writes of some of its denials only": "{0} protokolliert nur einen Teil dessen, was blockiert wird",
  "{0} show no line of their default deny ({1})": "{0} zeigen keine Zeile ihres Default-Deny ({1})",
  "no such traffic in the window of the logs": "kein solcher Verkehr im Zeitraum der Protokolle",
  'in the pass rule, tick "Log packets that are handled by this rule" (Firewall > Rules)':
    "in der Pass-Regel „Log packets that are handled by this rule“ aktivieren (Firewall > Rules)",
  '"set logtraffic all" in the policy (config firewall policy)':
    "„set logtraffic all“ in der Policy setzen (config firewall policy)",
  "a LOG rule with a prefix such as ACCEPT in front of the accepting rule, limited to new connections":
    "eine LOG-Regel mit einem Präfix wie ACCEPT vor die erlaubende Regel setzen, auf neue Verbindungen beschränkt",

  // hosts that nobody declared
  "Find out what {0} is. If it is a phone system, or part of one, bind it to a role in the site file (such as {1}) and audit again: so far nothing that reaches it is judged. ringfence init proposes a catalog for it. If it is none, block SIP to it.":
    "Klären Sie, was sich hinter {0} verbirgt. Ist es eine Telefonanlage oder ein Teil davon, ordnen Sie die Adresse in der Standortdatei einer Rolle zu (etwa {1}) und wiederholen Sie das Audit: Bislang wird Verkehr dorthin nicht bewertet. ringfence init schlägt einen Katalog dafür vor. Ist es keine, blockieren Sie SIP dorthin.",

  // limits of the evidence
  "No line was recognised: nothing can be said of any requirement.":
    "Keine Zeile wurde erkannt: Über keine Anforderung lässt sich etwas sagen.",
  "No line lies in the chosen window ({0} outside it): nothing can be said of any requirement.":
    "Keine Zeile liegt im gewählten Zeitraum ({0} außerhalb): Über keine Anforderung lässt sich etwas sagen.",
  "No line names a host of {0}: check its addresses, and that its traffic passes a firewall that logs it.":
    "Keine Zeile nennt einen Host von {0}: Prüfen Sie die Adressen, und ob der Verkehr der Anlage eine protokollierende Firewall passiert.",
  "No line names a host of these systems: {0}. Check their addresses, and that their traffic passes a firewall that logs it.":
    "Keine Zeile nennt einen Host dieser Anlagen: {0}. Prüfen Sie deren Adressen, und ob ihr Verkehr eine protokollierende Firewall passiert.",
  "No line is of {0}, which the site file names: what it lets through or denies cannot be seen. Where its lines are among these, they call it otherwise: name it as they do, or what the site file says of its interfaces is not applied.":
    "Keine Zeile ist von {0}, die in der Standortdatei steht: Was sie durchlässt oder abweist, bleibt verborgen. Sind ihre Zeilen doch darunter, so heißt sie dort anders: Nennen Sie sie ebenso, sonst gilt nicht, was die Standortdatei von ihren Schnittstellen sagt.",
  "No line is of these firewalls of the site file: {0}. What they let through or deny cannot be seen. Where their lines are among these, they call them otherwise: name them as they do, or what the site file says of their interfaces is not applied.":
    "Keine Zeile ist von diesen Firewalls der Standortdatei: {0}. Was sie durchlassen oder abweisen, bleibt verborgen. Sind ihre Zeilen doch darunter, so heißen sie dort anders: Nennen Sie sie ebenso, sonst gilt nicht, was die Standortdatei von ihren Schnittstellen sagt.",
  "{0} logs no allowed traffic: what is open there cannot be seen. To see it: {1}.":
    "{0} protokolliert keinen erlaubten Verkehr: Was dort offen ist, bleibt verborgen. So wird es sichtbar: {1}.",
  "{0} log no allowed traffic: what is open there cannot be seen. To see it: {1}.":
    "{0} protokollieren keinen erlaubten Verkehr: Was dort offen ist, bleibt verborgen. So wird es sichtbar: {1}.",
  "{0} logs no denied traffic: what is blocked there cannot be seen. To see it: {1}.":
    "{0} protokolliert keinen blockierten Verkehr: Was dort blockiert wird, bleibt verborgen. So wird es sichtbar: {1}.",
  "{0} log no denied traffic: what is blocked there cannot be seen. To see it: {1}.":
    "{0} protokollieren keinen blockierten Verkehr: Was dort blockiert wird, bleibt verborgen. So wird es sichtbar: {1}.",
  "{0} wrote of {1} denied packets a minute and no more, in {2} hours without a pause: a limit in its LOG rules keeps the others out of the log. So counts are too low, and what is not seen may have been denied. To see it: take the limit out (-m limit, limit rate), or for UFW: ufw logging high.":
    "{0} hat {1} blockierte Pakete je Minute und nie mehr protokolliert, {2} Stunden ohne Pause: Eine Begrenzung in den LOG-Regeln hält die übrigen aus dem Protokoll. Die Zahlen sind also zu niedrig, und was nicht zu sehen ist, kann blockiert worden sein. Um es zu sehen: die Begrenzung entfernen (-m limit, limit rate), bei UFW: ufw logging high.",
  "{0} shows no line of its default deny: what no rule names may be blocked there unseen. To see it: {1}.":
    "{0} zeigt keine Zeile seines Default-Deny: Was keine Regel nennt, kann dort unbemerkt blockiert werden. So wird es sichtbar: {1}.",
  "{0} show no line of their default deny: what no rule names may be blocked there unseen. To see it: {1}.":
    "{0} zeigen keine Zeile ihres Default-Deny: Was keine Regel nennt, kann dort unbemerkt blockiert werden. So wird es sichtbar: {1}.",
  "{0} wrote nothing from {1} to {2}, though at that time of day it otherwise does: what happened then cannot be seen.":
    "{0} hat von {1} bis {2} nichts protokolliert, obwohl zu dieser Tageszeit sonst Zeilen anfallen: Was in dieser Zeit geschah, bleibt verborgen.",
  "{0} wrote nothing in {1} gaps of {2} hours together, the longest from {3} to {4}, though at that time of day it otherwise does: what happened then cannot be seen.":
    "{0} hat in {1} Lücken von zusammen {2} Stunden nichts protokolliert, die längste von {3} bis {4}, obwohl zu dieser Tageszeit sonst Zeilen anfallen: Was in dieser Zeit geschah, bleibt verborgen.",
  "Firewalls that wrote nothing at times at which they otherwise do, but for shorter: {0}.":
    "Firewalls, die kürzere Zeit nichts protokolliert haben, obwohl sonst Zeilen anfallen: {0}.",
  "{0} more hosts than are listed behave like phone systems that nobody declared.":
    "Weitere Hosts, die sich wie nicht eingetragene Telefonanlagen verhalten und nicht einzeln aufgeführt sind: {0}.",
  '{0} logged {1} of the phone system under an action that FortiOS does not know, or as what a sniffer saw: nothing is judged by them. "ringfence parse" shows the word as event.action.':
    "{0} hat {1} der Telefonanlage unter einer Aktion protokolliert, die FortiOS nicht kennt, oder als Beobachtung eines Sniffers: nach ihnen wird nichts beurteilt. „ringfence parse“ zeigt das Wort als event.action.",
  "{0} logged {1} of the phone system behind prefixes that do not tell whether they were let through ({2}): nothing is judged by them. Say in the site file what they mean: under prefixes of the firewall, allow, deny or none for each.":
    "{0} hat {1} der Telefonanlage mit Präfixen protokolliert, die nicht verraten, ob sie durchgelassen wurden ({2}): nach ihnen wird nichts beurteilt. Ihre Bedeutung gehört in die Standortdatei: unter prefixes der Firewall je Präfix allow, deny oder none.",
  "{0} denied {1} to the provider under its own outside address ({2}), after translation: for which host is not judged. Look at its rules for the way out.":
    "{0} hat {1} an den Provider unter der eigenen externen Adresse blockiert ({2}), nach der Adressumsetzung: für welchen Host, wird nicht beurteilt. Bitte die Regeln für ausgehenden Verkehr prüfen.",
  "{0}, rule {1}": "{0}, Regel {1}",
  "{0} of the size and pace of speech were denied at ports of {1}'s audio, from {2}: nothing tells them from strangers'. If these are the provider's, calls lack their sound: name his networks in the site file (zone: provider).":
    "{0} von Größe und Takt eines Gesprächs wurden an den Sprachports von {1} blockiert, von {2}: Nichts unterscheidet sie von denen Fremder. Sind es die des Providers, fehlt den Gesprächen der Ton: seine Netze in der Standortdatei nennen (zone: provider).",
  "{0} denied at least {1} of {2}, where the phone system calls on SIP, at {3}: if that is an outside address, calls or answers are lost, but for which host is not judged. Name it in a site file (public), and the provider's networks; ringfence init proposes one.":
    "{0} hat mindestens {1} von {2}, wohin die Telefonanlage per SIP ruft, an {3} blockiert: Ist das eine externe Adresse, gehen Anrufe oder Antworten verloren; für welchen Host sie bestimmt waren, wird nicht beurteilt. Nennen Sie sie in einer Standortdatei (public), dazu die Netze des Providers; ringfence init schlägt eine vor.",
  "{0}, an outside address of the site's own, comes to {1} over the Internet ({2}): who is behind it counts as a stranger there. If those are telephones or users, bind that address to their role too.":
    "{0}, eine eigene externe Adresse des Standorts, kommt über das Internet zu {1} ({2}): Wer dahinter steht, gilt dort als Fremder. Sind es Telefone oder Benutzer, ordnen Sie deren Rolle auch diese Adresse zu.",
  "{0} denied at least {1} of the provider at {2}, which the site file does not name as an outside address (public): for which host they were is not judged.":
    "{0} hat mindestens {1} des Providers an {2} blockiert; die Standortdatei nennt diese Adresse nicht als externe (public): Für welchen Host sie bestimmt waren, wird nicht beurteilt.",
  "The lines cover {0}: telephones and trunks may register as seldom as once an hour, so what is not seen may be in use all the same.":
    "Die Zeilen umfassen {0}: Telefone und SIP-Trunks melden sich womöglich nur einmal in der Stunde an; was nicht zu sehen ist, kann also dennoch in Gebrauch sein.",
  "No record carries a time: the window is unknown.": "Kein Eintrag trägt eine Zeitangabe: Der Zeitraum ist unbekannt.",
  "There were so many distinct peers that addresses were folded into prefixes; counts are complete. Phone systems that nobody declared were not looked for.":
    "Es gab so viele verschiedene Gegenstellen, dass Adressen zu Präfixen zusammengefasst wurden; die Zählungen sind vollständig. Nach nicht eingetragenen Telefonanlagen wurde nicht gesucht.",
  "{0} could not be read; samples are listed with their input.":
    "Nicht lesbar: {0}; Beispiele stehen bei der jeweiligen Datei.",

  "{0} finding is left out by --only, --skip or --severity.":
    "{0} Befund wurde durch --only, --skip oder --severity ausgeblendet.",
  "{0} findings are left out by --only, --skip or --severity.":
    "{0} Befunde wurden durch --only, --skip oder --severity ausgeblendet.",
  "Redacted for sharing: public addresses, names, user parts and serial numbers are stand-ins, and lines that were not understood are left out. Private addresses, times and rule ids are the real ones.":
    "Zum Weitergeben anonymisiert: Öffentliche Adressen, Namen, Benutzerteile und Seriennummern sind durch Platzhalter ersetzt, nicht verstandene Zeilen weggelassen. Private Adressen, Zeiten und Regel-IDs sind echt.",

  // comparison with an earlier audit
  "evidence too thin: {0}": "Datengrundlage zu dünn: {0}",
  "no logs of {0}": "keine Protokolle von {0}",
  "{0} logs no allowed traffic": "{0} protokolliert keinen erlaubten Verkehr",
  "{0} logs no denied traffic": "{0} protokolliert keinen blockierten Verkehr",
  "{0} is no longer part of the site": "{0} gehört nicht mehr zum Standort",
  "the logs of {0} cover less time than the baseline's":
    "die Protokolle von {0} umfassen weniger Zeit als im Vergleichsaudit",
  "the window is shorter than the baseline's": "der Zeitraum ist kürzer als der des Vergleichsaudits",

  "In each virtual domain that the finding names (config vdom, edit NAME):":
    "In jeder virtuellen Domäne, die der Befund nennt (config vdom, edit NAME):",

  // lists and counts
  "{0} and {1}": "{0} und {1}",
  "{0} and {1} more": "{0} und {1} weitere",
  "{0} of {1}": "{0} (insgesamt {1})",
  "{0} port {1}": "{0} Port {1}",
  "{0} packet": "{0} Paket",
  "{0} packets": "{0} Pakete",
  "{0} session": "{0} Sitzung",
  "{0} sessions": "{0} Sitzungen",
  "{0} media session": "{0} Mediensitzung",
  "{0} media sessions": "{0} Mediensitzungen",
  "{0} denied packet": "{0} blockiertes Paket",
  "{0} denied packets": "{0} blockierte Pakete",
  "{0} message": "{0} Nachricht",
  "{0} messages": "{0} Nachrichten",
  "{0} fragment": "{0} Fragment",
  "{0} fragments": "{0} Fragmente",
  "{0} answer": "{0} Antwort",
  "{0} answers": "{0} Antworten",
  "{0} request": "{0} Anfrage",
  "{0} requests": "{0} Anfragen",
  "{0} conversation": "{0} Verbindung",
  "{0} conversations": "{0} Verbindungen",
  "{0} attempt": "{0} Zugriffsversuch",
  "{0} attempts": "{0} Zugriffsversuche",
  "{0} minute": "{0} Minute",
  "{0} minutes": "{0} Minuten",
  "{0} flow": "{0} Verbindung",
  "{0} flows": "{0} Verbindungen",
  "{0} line": "{0} Zeile",
  "{0} lines": "{0} Zeilen",
  "{0} time": "{0}-mal",
  "{0} times": "{0}-mal",
  "{0} host names of the vendors were looked up at {1} ({2}): when the logs were written they may have stood for other addresses.":
    "{0} Hostnamen der Hersteller wurden am {1} aufgelöst ({2}): Als die Protokolle entstanden, können sie andere Adressen bezeichnet haben.",
  "The logs themselves tell addresses of host names that the vendors name: {0}.":
    "Die Protokolle selbst nennen Adressen zu Hostnamen der Hersteller: {0}.",
  "{0} = {1} and {2} more": "{0} = {1} und {2} weitere",
  "{0} (DNS answer, {1})": "{0} (DNS-Antwort, {1})",
  "{0} (session, {1})": "{0} (Sitzung, {1})",
  "The logs themselves tell that the denied address is one of {0}.":
    "Aus den Protokollen selbst geht hervor, dass die blockierte Adresse zu {0} gehört.",
  "{0} could not be looked up.": "{0} ließ sich nicht auflösen.",
  "The firewall let it through to {0}, and {1} lists {2} ({3}) for anybody without saying whether that means the Internet too: admit only those who need it, or accept it by a waiver.":
    "Die Firewall hat diesen Verkehr zu {0} durchgelassen. Die Portliste des Herstellers ({1}) führt {2} ({3}) für jedermann auf und sagt nicht, ob damit auch das Internet gemeint ist: Lassen Sie nur zu, wer es braucht, oder genehmigen Sie den Befund als Ausnahme.",
  "{0} needs it where the feature is used": "{0} dies benötigt, wo die Funktion genutzt wird",
  "{0} needs where the feature is used": "{0} benötigt, wo die Funktion genutzt wird",
};
