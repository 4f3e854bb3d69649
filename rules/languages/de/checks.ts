/** German for what the inspection checks claim and why it matters. */
export const checks = {
  "Deep inspection stops traffic that the phone system needs and the rules allow":
    "Deep Inspection stoppt Verkehr, den die Telefonanlage braucht und den die Regeln erlauben",
  "{0} let {1} pass by policy and stopped it {2}. {3}": "{0}: {1} per Regel erlaubt, dann aber {2} gestoppt. {3}",
  "{0} let {1} pass by policy and stopped them {2}. {3}": "{0}: {1} per Regel erlaubt, dann aber {2} gestoppt. {3}",
  "by inspection": "durch Deep Inspection",
  "by inspection ({0})": "durch Deep Inspection ({0})",
  "The rule looks right and counts as open, but IPS, application control, TLS inspection or a web filter ends the session behind it. Calls, provisioning, licences or updates fail, and the administrator looks at the wrong table.":
    "Die Regel sieht richtig aus und gilt als offen, doch dahinter beendet IPS, Anwendungskontrolle, TLS-Inspektion oder ein Webfilter die Sitzung. Anrufe, Provisionierung, Lizenzierung oder Updates scheitern, und der Administrator sucht an der falschen Stelle.",

  "Voice packets leave the firewall without their DSCP mark":
    "Sprachpakete verlassen die Firewall ohne ihre DSCP-Markierung",
  "{0} of {1} came in marked {2} and went on to {3} with no mark, at {4}. {5}":
    "{4}: {0} von {1}, angekommen mit Markierung {2}, ohne Markierung weitergeleitet an {3}. {5}",
  "Telephones mark audio (EF) so that switches and routers send it first. A firewall that clears the mark makes audio wait behind downloads on every link after it: speech chops whenever the line is busy.":
    "Telefone markieren Sprache (EF), damit Switches und Router sie bevorzugt senden. Löscht die Firewall diese Markierung, muss die Sprache auf jedem folgenden Abschnitt hinter Downloads warten: Bei ausgelasteter Leitung wird sie abgehackt.",

  "One-way audio: media of calls do not get through": "Einseitiger Ton: Sprachdaten von Gesprächen kommen nicht durch",
  "{0} {1} while {2}. {3}": "{0}: {1}, während {2}. {3}",
  "SIP between {0} and the same peers or provider passes":
    "SIP zwischen {0} und denselben Gegenstellen oder demselben Provider durchkommt",
  "audio of {0} to the same peers, between the same ports, passes":
    "Sprachdaten von {0} zu denselben Gegenstellen, zwischen denselben Ports, durchkommen",
  "denied media {0}": "Sprachdaten {0} blockiert",
  "saw {0} that sent and got nothing back": "{0} ohne Antwort der Gegenstelle",
  "Signalling passes, so telephones ring and calls connect, but the audio of one side is dropped: one hears nothing, and many systems hang up after a while without audio.":
    "Die Signalisierung kommt durch, also klingeln die Telefone und Gespräche kommen zustande. Die Sprache einer Seite wird jedoch verworfen: Einer hört nichts, und viele Anlagen legen nach einiger Zeit ohne Ton auf.",

  "Answers of {0} to new connections are denied": "Antworten von {0} auf neue Verbindungen werden blockiert",
  "{0} denied {1} (SYN+ACK) of {2} to {3}: the opening took another way than the answer, through a second interface, router or firewall, so that no such connection comes about.":
    "{0} hat {1} (SYN+ACK) von {2} an {3} blockiert: Der Aufbau nahm einen anderen Weg als die Antwort, über eine zweite Schnittstelle, einen zweiten Router oder eine zweite Firewall, sodass keine solche Verbindung zustande kommt.",
  "Packets of voice connections are denied because the firewall lost their state":
    "Pakete von Sprachverbindungen werden blockiert, weil die Firewall deren Zustand verloren hat",
  "{0} on voice ports of {1} opened no connection: they belong to one that {2} does not know. {3}":
    "{0} auf Sprachports von {1} ohne Verbindungsaufbau: Teil einer Verbindung, die auf {2} nicht oder nicht mehr bekannt ist. {3}",
  "The rules allow the connection, but the firewall forgot it before the two ends did. Phones show as registered and cannot be called until they register again, and calls break off after minutes of silence.":
    "Die Regeln erlauben die Verbindung, doch die Firewall hat sie früher vergessen als die beiden Endpunkte. Telefone gelten als registriert, sind aber bis zur nächsten Registrierung nicht erreichbar, und Gespräche brechen nach einigen Minuten Stille ab.",

  "Packets from a second address of the provider are denied":
    "Pakete von einer zweiten Adresse des Providers werden blockiert",
  "{0} denied {1} from {2}, with which nothing was allowed, while SIP of {3} passes with another address of the same operator. {4}":
    "{0}: {1} von {2} blockiert. Von dort war sonst nichts erlaubt, während {3} mit einer anderen Adresse desselben Betreibers ungehindert SIP austauscht. {4}",
  "Providers register telephones at one address and send audio, re-INVITE or BYE from others. A pinhole or rule that knows the registrar alone lets calls be set up and then drops their audio, or never learns that they ended.":
    "Provider registrieren Telefone an einer Adresse und senden Sprache, re-INVITE oder BYE von anderen. Ein Pinhole oder eine Regel, die nur den Registrar kennt, lässt Gespräche zustande kommen und verwirft dann ihre Sprachdaten oder erfährt nie von ihrem Ende.",

  "A flood sensor or rate limit drops packets of calls":
    "Ein Flood-Sensor oder eine Ratenbegrenzung verwirft Pakete von Gesprächen",
  "{0} dropped {1} of known peers by a limit ({2}). {3}":
    "{0}: {1} bekannter Gegenstellen durch eine Begrenzung verworfen ({2}). {3}",
  "One call is 50 packets a second in each direction, so forty calls from one provider reach FortiGate's recommended udp_flood threshold of 2000. The sensor ignores that the sessions are known: audio chops or stops exactly when many people telephone.":
    "Ein Gespräch besteht aus 50 Paketen pro Sekunde und Richtung; vierzig Gespräche über einen Provider erreichen daher den von FortiGate empfohlenen udp_flood-Schwellwert von 2000. Dass die Sitzungen bekannt sind, berücksichtigt der Sensor nicht: Die Sprache wird abgehackt oder verstummt genau dann, wenn viele telefonieren.",

  "Outbound requests of the phone system are let out and get no answer":
    "Ausgehende Anfragen der Telefonanlage werden durchgelassen, bleiben aber ohne Antwort",
  "{0}: {1}, between {2} and {3}. {4}": "{0}: {1}, zwischen {2} und {3}. {4}",
  "{0} denied": "{0} blockiert",
  "{0} let out without an answer": "{0} durchgelassen, aber unbeantwortet",
  "Licences, updates, speech services and trunks need the answer on the same connection. The rules count as open, but a device on the way inspects the request and drops the answer, or it comes back where the firewall does not know it.":
    "Lizenzen, Updates, Sprachdienste und Trunks brauchen die Antwort auf derselben Verbindung. Die Regeln gelten als offen, doch ein Gerät auf dem Weg untersucht die Anfrage und verwirft die Antwort, oder diese kommt an einer Stelle zurück, an der die Firewall die Verbindung nicht kennt.",

  "The SIP application layer gateway of {0} is at work": "Das SIP-ALG von {0} ist aktiv",
  "A SIP application layer gateway handles the phone system's signalling":
    "Ein SIP-ALG verarbeitet die Signalisierung der Telefonanlage",
  "{0} wrote lines of its SIP ALG for this traffic. {1}":
    "Das SIP-ALG von {0} hat zu diesem Verkehr Protokollzeilen geschrieben. {1}",
  "A SIP ALG rewrites addresses in SIP and opens ports by itself. Where the phone system already copes with NAT, the two corrections add up: registrations vanish, calls lose audio in one direction, re-INVITEs fail.":
    "Ein SIP-ALG schreibt Adressen in SIP-Nachrichten um und öffnet selbstständig Ports. Kommt die Telefonanlage bereits selbst mit der Adressumsetzung (NAT) zurecht, addieren sich beide Korrekturen: Registrierungen gehen verloren, Gespräche haben nur einseitig Ton, re-INVITEs scheitern.",

  "The firewall's SIP helper drops messages that the rules let pass":
    "Der SIP-Helper der Firewall verwirft Nachrichten, die die Regeln durchlassen",
  "The firewall's SIP helper drops messages of {0} that the rules let pass":
    "Der SIP-Helper der Firewall verwirft Nachrichten von {0}, die die Regeln durchlassen",
  "The SIP helper of {0} dropped {1}. {2}": "Der SIP-Helper von {0} hat {1} verworfen. {2}",
  "The helper could not parse or rewrite the message and dropped it. The sender repeats it and meets the same end: some telephones never register, some calls cannot be put on hold or transferred, and no rule explains why.":
    "Der Helper konnte die Nachricht nicht auswerten oder umschreiben und hat sie verworfen. Der Absender wiederholt sie mit demselben Ergebnis: Manche Telefone registrieren sich nie, manche Gespräche lassen sich nicht halten oder weiterverbinden, und keine Regel erklärt, warum.",

  "Fragments of SIP messages are dropped": "Fragmente von SIP-Nachrichten werden verworfen",
  "{0} dropped {1} between {2} and a peer with which it exchanges SIP. {3}":
    "{0}: {1} zwischen {2} und einer Gegenstelle verworfen, mit der SIP ausgetauscht wird. {3}",
  "Short messages (REGISTER, OPTIONS) pass, the long INVITE with many codecs or headers does not arrive whole: the line looks registered and healthy, and calls in one direction vanish without any error.":
    "Kurze Nachrichten (REGISTER, OPTIONS) kommen durch, das lange INVITE mit vielen Codecs oder Headern kommt nicht vollständig an: Der Anschluss wirkt registriert und gesund, doch Anrufe in einer Richtung verschwinden ohne jede Fehlermeldung.",
  "SIP messages over UDP are so long that they may travel in fragments":
    "SIP-Nachrichten über UDP sind so lang, dass sie fragmentiert werden können",
  "SIP packets of up to {0} bytes passed. Nothing was seen to be dropped; RFC 3261 wants TCP above {1} bytes, since a firewall on the way may not pass fragments.":
    "SIP-Pakete mit bis zu {0} Byte kamen durch. Verworfene Pakete wurden nicht beobachtet; RFC 3261 verlangt über {1} Byte TCP, weil eine Firewall auf dem Weg Fragmente womöglich nicht durchlässt.",

  "The firewall's NAT changes the source port of voice packets":
    "Die Adressumsetzung (NAT) der Firewall ändert den Quellport von Sprachpaketen",
  "{0} changed the source port of {1} from {2}. {3}": "{0}: Quellport geändert bei {1} von {2}. {3}",
  "The vendor names the ports that the phone system sends from. Where NAT changes them, SIP and SDP announce ports at which nobody answers: some providers then ignore the registration, others lose inbound calls or audio.":
    "Der Hersteller legt fest, von welchen Ports die Telefonanlage sendet. Ändert NAT sie, nennen SIP und SDP Ports, an denen niemand antwortet: Manche Provider ignorieren dann die Registrierung, bei anderen gehen eingehende Anrufe oder der Ton verloren.",

  "The firewall runs out of states, ports or memory and drops packets of calls":
    "Der Firewall gehen Zustände, Ports oder Speicher aus, und sie verwirft Pakete von Gesprächen",
  "The firewall runs out of states, ports or memory": "Der Firewall gehen Zustände, Ports oder Speicher aus",
  "The firewall runs out of states, ports or memory and drops packets of {0}":
    "Der Firewall gehen Zustände, Ports oder Speicher aus, und sie verwirft Pakete von {0}",
  "{0} dropped or complained {1}: {2}. {3}": "{0}: {1} verworfen oder Engpass gemeldet ({2}). {3}",
  "Every call takes several states and ports. When they are used up, new ones fail at random while old ones go on: calls drop or stay silent at the busiest hour, and everything works again when somebody looks.":
    "Jedes Gespräch belegt mehrere Zustände und Ports. Sind sie aufgebraucht, scheitern neue zufällig, während bestehende weiterlaufen: Gerade in der Hauptverkehrszeit brechen Gespräche ab oder bleiben stumm, und sobald jemand nachsieht, funktioniert alles wieder.",

  "Answers and calls from the peer are denied because the firewall forgot the UDP conversation":
    "Antworten und Anrufe der Gegenstelle werden blockiert, weil die Firewall die UDP-Verbindung vergessen hat",
  "Several conversations were forgotten within five minutes, and none before or after: a restart or a failover of the firewall does that, and then nothing is to be changed.":
    "Mehrere Verbindungen gingen innerhalb von fünf Minuten verloren, davor und danach keine: So wirkt ein Neustart oder Failover der Firewall, und dann ist nichts zu ändern.",
  "{0} denied {1} of a UDP conversation of {2} that it had allowed before or that it says it does not know. {3}":
    "{0}: {1} einer UDP-Verbindung von {2} blockiert, die zuvor erlaubt war oder nach Angabe der Firewall unbekannt ist. {3}",
  "The phone system registers from inside and keeps that path open with small packets; between two of them the firewall's UDP timeout ran out. It can call out, but nobody can call it until it registers again.":
    "Die Telefonanlage registriert sich von innen und hält diesen Weg mit kleinen Paketen offen; zwischen zwei solchen Paketen ist der UDP-Timeout der Firewall abgelaufen. Abgehende Anrufe funktionieren, aber bis zur nächsten Registrierung ist die Anlage nicht erreichbar.",
  "Audio that the host itself sent to the same peer was let out, and opens the way back: so what is lost may be only what comes before it (announcements, the tone of ringing, first words).":
    "Sprachdaten, die die Anlage selbst an dieselbe Gegenstelle gesendet hat, wurden durchgelassen und öffnen den Rückweg: Verloren geht also womöglich nur, was davor kommt (Ansagen, Freiton, die ersten Worte).",
  "A traffic shaper drops packets of calls": "Ein Traffic-Shaper verwirft Pakete von Gesprächen",
  "The traffic shaper of {0} threw away {1} bytes of {2} of {3}, which sent {4} bytes. {5}":
    "Der Traffic-Shaper von {0} hat {1} Byte aus {2} von {3} verworfen; gesendet wurden {4} Byte. {5}",
  "A shaper that does not tell voice from downloads makes audio wait in one queue with them, or drops it from there: speech chops whenever the line is busy.":
    "Ein Shaper, der Sprache nicht von Downloads unterscheidet, lässt Sprachpakete hinter ihnen in derselben Warteschlange warten oder verwirft sie dort: Sobald die Leitung ausgelastet ist, klingt Sprache abgehackt.",
};
