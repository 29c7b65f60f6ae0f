using System.Net;
using VideoGen.Silo.Outgoing;

namespace VideoGen.Silo.Tests.Outgoing;

public sealed class OutgoingRulesTests
{
    private static readonly OutgoingRules Strict = new([]);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.9.9.9")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("100.100.100.200")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("::169.254.169.254")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.170")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("100::1")]
    public void An_address_of_no_public_network_is_refused(string address) =>
        Assert.False(Strict.Allows("a.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("99.84.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2002:101:101::1")]
    public void A_public_address_is_allowed(string address) =>
        Assert.True(Strict.Allows("a.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    public void The_test_setting_allows_this_machine_only(string address, bool expected) =>
        Assert.Equal(expected, new OutgoingRules(OutgoingRules.Loopback).Allows("a.example", IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://a.example/", "NotHttps")]
    [InlineData("file:///etc/passwd", "NotHttps")]
    [InlineData("ftp://a.example/", "NotHttps")]
    [InlineData("gopher://a.example/", "NotHttps")]
    [InlineData("data:video/mp4;base64,AAAA", "NotHttps")]
    [InlineData("https://user@a.example/", "HasUser")]
    [InlineData("https://:secret@a.example/", "HasUser")]
    [InlineData("https://a.example:25/", "Port")]
    [InlineData("https://a.example:80/", "Port")]
    [InlineData("https://a.example/", null)]
    [InlineData("https://a.example:443/", null)]
    [InlineData("https://a.example:8443/", null)]
    public void Only_plain_https_urls_are_called(string url, string? refusal) =>
        Assert.Equal(refusal, Strict.Refuse(new Uri(url))?.ToString());

    [Theory]
    [InlineData("http://media.intranet/", "10.0.0.7", true)]
    [InlineData("http://MEDIA.intranet:81/", "10.0.0.7", true)]
    [InlineData("http://10.20.3.4/", "10.20.3.4", true)]
    [InlineData("http://[::ffff:10.20.3.4]/", "10.20.3.4", true)]
    [InlineData("https://other.intranet/", "10.20.3.4", true)]
    [InlineData("http://other.intranet/", "10.20.3.4", false)] // plain only where the URL itself says that it is on the list
    [InlineData("http://sub.media.intranet/", "10.20.3.4", false)]
    [InlineData("https://other.intranet/", "10.21.3.4", false)]
    [InlineData("http://10.21.3.4/", "10.21.3.4", false)]
    [InlineData("file://media.intranet/", "10.0.0.7", false)]
    [InlineData("http://user@media.intranet/", "10.0.0.7", false)]
    public void What_the_operator_allows_may_be_private_and_plain(string text, string address, bool expected)
    {
        var rules = new OutgoingRules(["media.intranet", "10.20.0.0/16"]);
        var url = new Uri(text);

        Assert.Equal(expected, rules.Refuse(url) is null && rules.Allows(url.IdnHost, IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("media.intranet, 10.20.0.0/16 ::1", true)]
    [InlineData("https://media.intranet", false)]
    [InlineData("media.intranet:80", false)]
    [InlineData("10.20.0.0/99", false)]
    [InlineData("*", false)]
    public void A_list_that_can_not_be_read_stops_the_start(string allow, bool expected) =>
        Assert.Equal(expected, new OutgoingOptionsValidator().Validate(null, new OutgoingOptions { Allow = allow }).Succeeded);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("0x7f.1")]
    [InlineData("2130706433")]
    [InlineData("::1")]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to(string host) =>
        await Assert.ThrowsAsync<OutgoingRefusedException>(
            async () => await GuardedConnection.OpenAsync(new DnsEndPoint(host, 1), Strict, CancellationToken.None));
}
