iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i lan20 -o dmz20 -p udp -m multiport --dports 5060,51000:51499 -j LOG --log-prefix "phones-accept: "
iptables -A FORWARD -i lan20 -o dmz20 -p udp -m multiport --dports 5060,51000:51499 -j ACCEPT
iptables -A FORWARD -i dmz20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -A INPUT -j LOG --log-prefix "input-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
