ip6tables -P FORWARD DROP
ip6tables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
ip6tables -A FORWARD -i lan20 -o dmz20 -p udp --dport 5060 -j LOG --log-prefix "phones-accept: "
ip6tables -A FORWARD -i lan20 -o dmz20 -p udp --dport 5060 -j ACCEPT
ip6tables -A FORWARD -j LOG --log-prefix "forward-drop: "
