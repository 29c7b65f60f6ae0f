using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.HuggingFace.SubmitVerdictTests;

namespace VideoGen.Silo.Tests.Backends.HuggingFace;

public sealed class WireTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-23T10:00:00Z", null);

    [Theory]
    [InlineData("Retry-After", "12", 12)]
    [InlineData("Retry-After", "Mon, 23 Nov 2026 10:00:30 GMT", 30)]
    [InlineData("Retry-After", "Mon, 23 Nov 2026 09:00:00 GMT", 1)]
    [InlineData("Retry-After", "0", 1)]
    [InlineData("Retry-After", "99999999", 600)]
    [InlineData("Retry-After", "1e400", null)]
    [InlineData("Retry-After", "soon", null)]
    [InlineData("Retry-After", "NaN", null)]
    [InlineData("Retry-After", "Infinity", null)]
    [InlineData("RateLimit", ";t=٣", null)]
    [InlineData("Retry-After", "-5", null)]
    [InlineData("RateLimit", "\"api\";r=0;t=55", 56)]
    [InlineData("RateLimit", "\"api\";r=0", null)]
    public void A_header_says_when_to_ask_again_within_bounds(string name, string value, int? seconds) => Assert.Equal(
        seconds is { } known ? TimeSpan.FromSeconds(known) : null, RetryHint.Read(Reply(429, "", (name, value)), Now));

    [Theory]
    [InlineData("""{"error":"loading","estimated_time":20.5}""", 20.5)]
    [InlineData("""{"estimated_time":2500}""", 600.0)]
    [InlineData("""{"estimated_time":-3}""", 1.0)]
    [InlineData("""{"estimated_time":"NaN"}""", null)]
    [InlineData("""{"estimated_time":null}""", null)]
    public void A_body_says_when_to_ask_again_within_bounds(string body, double? seconds) => Assert.Equal(
        seconds is { } known ? TimeSpan.FromSeconds(known) : null, RetryHint.Read(Reply(503, body), Now));

    [Fact]
    public void Of_several_hints_the_longest_counts() => Assert.Equal(
        TimeSpan.FromSeconds(56),
        RetryHint.Read(Reply(429, """{"estimated_time":5}""", ("Retry-After", "12"), ("RateLimit", "\"api\";r=0;t=55")), Now));

    [Theory]
    [InlineData("""{"error":"plain"}""", "plain")]
    [InlineData("""{"error":["one","two"]}""", "one; two")]
    [InlineData("""{"error":{"message":"inner"}}""", "inner")]
    [InlineData("""{"error":"first","detail":"second"}""", "first")]
    [InlineData("""{"detail":"text"}""", "text")]
    [InlineData("""{"detail":[{"loc":["body","prompt"],"msg":"Field required","type":"missing"}]}""", "prompt: Field required")]
    [InlineData("""{"detail":[{"loc":["body",0],"msg":"bad"}]}""", "bad")]
    [InlineData("""{"code":400,"message":"image is required"}""", "image is required")]
    [InlineData("""{"errors":[{"message":"a"},{"message":"b"}]}""", "a; b")]
    [InlineData("""{"error":{}}""", null)]
    [InlineData("""{"error":{"code":7}}""", null)]
    [InlineData("""<html>no</html>""", null)]
    public void The_words_of_an_error_are_found(string body, string? words) =>
        Assert.Equal(words, ProviderText.Read(Reply(400, body)));

    [Fact]
    public void Headers_and_plain_text_have_words_too()
    {
        Assert.Equal("from the header", ProviderText.Read(Reply(400, "<html>", ("X-Error-Message", "from the header"))));
        Assert.Equal("Not Found", ProviderText.Read(Reply(404, "Not\n Found\0", ("Content-Type", "text/plain; charset=utf-8"))));
    }

    [Theory]
    [InlineData("""{"request_id":"764c","note":"\ud83d"}""")]
    [InlineData("""{"request_id":"764c","note":"\udc00\ud83d\ud83d\ude00"}""")]
    [InlineData("""{"\ud800":1,"request_id":"764c","note":"\\\ud83d"}""")]
    public void Half_a_surrogate_pair_does_not_hide_the_rest_of_an_answer(string body)
    {
        var json = Reply(200, body).Json!.Value;

        Assert.Equal("764c", json.Text("request_id"));
        Assert.DoesNotContain(json.EnumerateObject(), pair => pair.Name.Any(char.IsSurrogate));
    }

    [Theory]
    [InlineData("""{"id":"764c"}""", "764c")]
    [InlineData("""{"id":7}""", "7")]
    [InlineData("""{"id":".."}""", null)]
    [InlineData("""{"id":"a b"}""", null)]
    [InlineData("""{"id":"a\nb"}""", null)]
    [InlineData("""{"id":1e9999}""", null)]
    [InlineData("""{"id":-1}""", null)]
    public void Only_what_can_be_asked_for_again_is_an_id(string body, string? id) =>
        Assert.Equal(id, Reply(200, body).Json!.Value.Identifier("id"));

    [Theory]
    [InlineData("see https://cdn.example/a.mp4?X-Amz-Signature=secret now", "see https://cdn.example/a.mp4 now")]
    [InlineData("bad image data:image/png;base64,AAAA+/==", "bad image …")]
    [InlineData("Bearer sk-abc was refused", "Bearer … was refused")]
    [InlineData("token hf_abcDEF123 is wrong", "token … is wrong")]
    public void Words_are_made_safe_to_show(string said, string shown) => Assert.Equal(shown, ProviderText.Polish(said));

    [Fact]
    public void Words_are_short() =>
        Assert.Equal(301, ProviderText.Polish(string.Join(' ', Enumerable.Repeat("word", 500)))!.Length);
}
