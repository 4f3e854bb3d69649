iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A FORWARD -i lan20 -o dmz20 -p udp -j LOG --log-prefix "phones-accept: "
iptables -A FORWARD -i lan20 -o dmz20 -p udp -j ACCEPT
iptables -A FORWARD -i dmz20 -j LOG --log-prefix "pbx-accept: "
iptables -A FORWARD -i dmz20 -j ACCEPT
iptables -A FORWARD -j LOG --log-prefix "forward-drop: "
iptables -A INPUT -j LOG --log-prefix "input-drop: "
iptables -t nat -A POSTROUTING -o wan20 -j MASQUERADE
sysctl -qw net.netfilter.nf_conntrack_udp_timeout=2 net.netfilter.nf_conntrack_udp_timeout_stream=2
