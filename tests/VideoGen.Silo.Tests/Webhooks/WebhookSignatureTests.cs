using System.Text;
using VideoGen.Silo.Webhooks;

namespace VideoGen.Silo.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void It_is_that_of_the_published_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Of([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public void While_secrets_are_changed_over_each_of_them_signs()
    {
        const string next = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

        var both = WebhookSignature.Of([Secret, next], "msg_1", 1, "{}"u8);

        Assert.Equal($"{WebhookSignature.Of([Secret], "msg_1", 1, "{}"u8)} {WebhookSignature.Of([next], "msg_1", 1, "{}"u8)}",
            both);
    }

    [Fact]
    public void Letters_of_any_language_are_signed_as_they_are_sent() => Assert.Equal(
        new StandardWebhooks.StandardWebhook(Secret).Sign("msg_1", DateTimeOffset.UnixEpoch, "{\"Füchsin\":\"狐\"}"),
        WebhookSignature.Of([Secret], "msg_1", 0, Encoding.UTF8.GetBytes("{\"Füchsin\":\"狐\"}")));
}
