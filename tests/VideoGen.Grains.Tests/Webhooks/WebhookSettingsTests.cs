using VideoGen.Grains.Webhooks;

namespace VideoGen.Grains.Tests.Webhooks;

public sealed class WebhookSettingsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string Other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

    [Fact]
    public void What_an_owner_has_of_its_own_counts_instead_of_what_all_have()
    {
        var options = new WebhookOptions { Secret = $"{Secret} {Other}", Url = "https://all.example/hook" };
        options.Owners["acme"] = new WebhookOwner { Secret = Other };

        Assert.Equal([Secret, Other], options.SecretsOf("public"));
        Assert.Equal([Other], options.SecretsOf("acme"));
        Assert.Equal("https://all.example/hook", options.UrlOf("acme"));
        Assert.True(new WebhookSettings().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Without_settings_nothing_is_signed_and_nobody_is_told()
    {
        Assert.Empty(new WebhookOptions().SecretsOf("public"));
        Assert.Null(new WebhookOptions().UrlOf("public"));
        Assert.True(new WebhookSettings().Validate(null, new WebhookOptions()).Succeeded);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_%%%")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void A_wrong_secret_stops_the_start_and_is_not_repeated(string secret)
    {
        var result = new WebhookSettings().Validate(null, new WebhookOptions { Secret = secret });

        Assert.Contains("VideoGen:Webhooks:Secret", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_without_a_secret_stops_the_start() => Assert.True(
        new WebhookSettings().Validate(null, new WebhookOptions { Url = "https://all.example/hook" }).Failed);

    [Theory]
    [InlineData("https://shop.example/hooks?token=1", true)]
    [InlineData("https://shop.example:8443/", true)]
    [InlineData("http://shop.example/", false)]
    [InlineData("ftp://shop.example/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hooks", false)]
    [InlineData("shop.example/hooks", false)]
    [InlineData("https://user:secret@shop.example/", false)]
    [InlineData("https://shop.example/#part", false)]
    [InlineData("https:///hooks", false)]
    [InlineData("", false)]
    public void Only_a_plain_https_address_is_one(string url, bool isGood) =>
        Assert.Equal(isGood, WebhookUrl.Complaint(url, allowHttp: false) is null);

    [Fact]
    public void Plain_http_is_for_those_who_set_it() =>
        Assert.Null(WebhookUrl.Complaint("http://10.0.0.5:8080/hook", allowHttp: true));

    [Fact]
    public void An_address_is_bounded() =>
        Assert.NotNull(WebhookUrl.Complaint("https://shop.example/" + new string('a', WebhookUrl.MaxLength), allowHttp: false));

    [Fact]
    public void What_is_shown_of_an_address_has_no_query() =>
        Assert.Equal("https://shop.example/hooks", WebhookUrl.WithoutQuery("https://shop.example/hooks?token=1"));
}
