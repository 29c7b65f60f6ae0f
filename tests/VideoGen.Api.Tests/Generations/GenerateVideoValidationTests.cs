using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class GenerateVideoValidationTests
{
    public static TheoryData<string, string> WrongFields() => new()
    {
        { ""","duration":-1""", "duration" },
        { ""","duration":2""", "duration" },
        { ""","duration":11""", "duration" },
        { ""","duration":5.5""", "duration" },
        { ""","duration":1e30""", "duration" },
        { ""","duration":"NaN" """, "duration" },
        { ""","duration":"five" """, "duration" },
        { ""","duration":true""", "duration" },
        { ""","duration":[5]""", "duration" },
        { ""","quality":"abc" """, "quality" },
        { ""","quality":600""", "quality" },
        { ""","quality":{}""", "quality" },
        { ""","seed":-1""", "seed" },
        { ""","seed":4294967296""", "seed" },
        { ""","seed":1.5""", "seed" },
        { ""","seed":"x" """, "seed" },
        { ""","seed":[]""", "seed" },
        { ""","negativePrompt":7""", "negativePrompt" },
        { $""","negativePrompt":"{new string('x', 1001)}" """, "negativePrompt" },
        { ""","motion":"fast" """, "motion" },
        { ""","motion":1""", "motion" },
        { ""","aspectRatio":"16:10" """, "aspectRatio" },
        { ""","aspectRatio":1""", "aspectRatio" },
        { ""","fit":"stretch" """, "fit" },
        { ""","fit":0""", "fit" },
        { ""","sound":"no" """, "sound" },
        { ""","sound":0""", "sound" },
        { ""","model":"none-such" """, "model" },
        { ""","model":7""", "model" },
        { $""","model":"{new string('x', 65)}" """, "model" },
        { ""","script":"" """, "script" },
        { ""","script":" \t\r\n\u00a0\u200b" """, "script" },
        { ""","script":42""", "script" },
        { ""","script":null""", "script" },
        { ""","script":"\ud800" """, "script" },
        { ""","characterImageUrl":null""", "characterImageUrl" },
        { ""","characterImageUrl":7""", "characterImageUrl" },
        { ""","characterImageUrl":"" """, "characterImageUrl" },
        { ""","characterImageUrl":"/uploads/" """, "characterImageUrl" },
        { ""","characterImageUrl":"/uploads/character_unknown.jpg" """, "characterImageUrl" },
        { ""","characterImageUrl":"/etc/passwd" """, "characterImageUrl" },
        { ""","characterImageUrl":"file:///etc/passwd" """, "characterImageUrl" },
        { ""","characterImageUrl":"/uploads/../../etc/passwd" """, "characterImageUrl" },
        { ""","characterImageUrl":"/uploads/%2e%2e/passwd" """, "characterImageUrl" },
        { ""","characterImageUrl":"http://169.254.169.254/uploads/a.jpg" """, "characterImageUrl" },
    };

    // A repeated key counts with its last value, so that each case needs to say only what is wrong.
    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_wrong_field_answers_422_and_is_named(string more, string field)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(more);

        await response.InvalidAsync(field);
        Assert.Empty(api.Cluster.Requests);
    }

    [Fact]
    public async Task All_wrong_fields_are_named_at_once()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostJsonAsync("/generate-video", """{"duration":1,"quality":"1"}""");

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation_failed");
        Assert.Equal(
            ["characterImageUrl", "duration", "quality", "script"],
            problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Theory]
    [InlineData(2000, HttpStatusCode.OK)]
    [InlineData(2001, HttpStatusCode.UnprocessableEntity)]
    public async Task A_script_has_2000_characters_at_most_whatever_they_take_in_bytes(int characters, HttpStatusCode expected)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(script: string.Concat(Enumerable.Repeat("👋", characters)));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task The_image_may_be_addressed_on_this_origin_but_on_no_other()
    {
        await using var api = await ApiHost.StartAsync();
        var image = await api.Client.UploadAsync();
        var origin = api.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        using var here = await api.Client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{origin}}{{image}}","script":"She waves."}""");
        using var elsewhere = await api.Client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"http://example.org{{image}}","script":"She waves."}""");

        Assert.Equal(image, (await here.JsonAsync()).Text("characterImageUrl"));
        await elsewhere.InvalidAsync("characterImageUrl");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"script":"a" """)]
    [InlineData("script=a")]
    [InlineData("""{"script":"a","\udc00\ud800":1}""")]
    public async Task Malformed_JSON_answers_400(string body)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostJsonAsync("/generate-video", body);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "malformed_request");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    public async Task JSON_that_is_no_object_answers_422(string body)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostJsonAsync("/generate-video", body);

        await response.InvalidAsync("body");
    }

    [Fact]
    public async Task A_script_of_5_MB_answers_413_to_a_client_that_sends_all_of_it()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GenerateAsync(script: new string('a', 5_000_000));

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task A_body_without_a_length_is_counted_while_it_is_read()
    {
        await using var api = await ApiHost.StartAsync();
        var body = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"script\":\"{new string('a', 70_000)}\"}}")));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video") { Content = body };
        request.Headers.TransferEncodingChunked = true;

        using var response = await api.Client.SendAsync(request);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }
}
