using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenApi;

public sealed partial class DocumentationTests
{
    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_describes_every_route_once()
    {
        await using var api = await ApiHost.StartAsync();

        var document = await DocumentAsync(api);

        Assert.StartsWith("3.1", document.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "/characters get listCharacters", "/characters post createCharacter",
                "/characters/{id} delete deleteCharacter", "/characters/{id} get getCharacter",
                "/characters/{id} patch changeCharacter", "/characters/{id}/generations get listCharacterGenerations",
                "/events get watchGenerations",
                "/generate-video post generateVideo", "/generation/{id} delete deleteGeneration",
                    "/generation/{id} get getGeneration",
                "/generation/{id}/cancel post cancelGeneration", "/generation/{id}/events get watchGeneration",
                "/generation/{id}/log get getGenerationLog",
                "/generation/{id}/regenerate post regenerateGeneration", "/generation/{id}/retry post retryGeneration",
                "/generation/{id}/webhook get getGenerationWebhook",
                "/generation/{id}/webhook/replay post replayGenerationWebhook",
                "/generations get listGenerations",
                "/health get getHealth", "/models get listModels",
                "/storyboards get listStoryboards", "/storyboards post createStoryboard",
                "/storyboards/{id} delete deleteStoryboard", "/storyboards/{id} get getStoryboard",
                "/storyboards/{id} patch changeStoryboard", "/storyboards/{id}/cancel post cancelStoryboard",
                "/storyboards/{id}/events get watchStoryboard", "/storyboards/{id}/render post renderStoryboard",
                "/storyboards/{id}/retry post retryStoryboard", "/storyboards/{id}/shots/{number} patch changeShot",
                "/storyboards/{id}/shots/{number}/cancel post cancelShot",
                "/storyboards/{id}/shots/{number}/regenerate post regenerateShot",
                "/storyboards/{id}/shots/{number}/retry post retryShot",
                "/upload-character post uploadCharacter", "/uploads/{name} get getUpload",
                "/v1/models get listOpenAiModels", "/v1/models/{id} get getOpenAiModel",
                "/v1/videos get listVideos", "/v1/videos post createVideo",
                "/v1/videos/{id} delete deleteVideo", "/v1/videos/{id} get getVideoStatus",
                "/v1/videos/{id}/content get getVideoContent", "/v1/videos/{id}/remix post remixVideo",
                "/videos/{name} get getVideo",
            ],
            Operations(document).Select(op => $"{op.Path} {op.Method} {op.Json.Text("operationId")}").Order());
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_tag_and_its_statuses()
    {
        await using var api = await ApiHost.StartAsync();

        Assert.All(Operations(await DocumentAsync(api)), operation =>
        {
            Assert.NotEmpty(operation.Json.Text("summary"));
            Assert.NotEqual("VideoGen.Api", operation.Json.GetProperty("tags")[0].GetString());
            Assert.True(operation.Json.GetProperty("responses")
                .TryGetProperty(SuccessOf(operation.Path, operation.Method), out _));
        });
    }

    private static string SuccessOf(string path, string method) => (path, method) switch
    {
        ("/characters" or "/storyboards", "post") => "201",
        ("/generation/{id}" or "/characters/{id}" or "/storyboards/{id}", "delete") => "204",
        _ => "200",
    };

    [Fact]
    public async Task The_statuses_of_an_order_are_all_documented()
    {
        await using var api = await ApiHost.StartAsync();

        var order = Operations(await DocumentAsync(api)).Single(operation => operation.Path == "/generate-video");

        Assert.Equal(
            ["200", "400", "401", "404", "408", "413", "415", "422", "429", "500", "503", "507"],
            order.Json.GetProperty("responses").EnumerateObject().Select(response => response.Name).Order());
    }

    [Fact]
    public async Task The_schema_of_an_order_has_the_bounds_that_are_checked()
    {
        await using var api = await ApiHost.StartAsync();

        var schemas = (await DocumentAsync(api)).GetProperty("components").GetProperty("schemas");

        var schema = schemas.GetProperty("GenerateVideoRequest");
        var fields = schema.GetProperty("properties");
        Assert.Equal(["characterImageUrl", "script"],
            schema.GetProperty("required").EnumerateArray().Select(field => field.GetString()));
        Assert.Equal((3, 10), (fields.GetProperty("duration").GetProperty("minimum").GetInt32(),
            fields.GetProperty("duration").GetProperty("maximum").GetInt32()));
        Assert.Equal(2000, fields.GetProperty("script").GetProperty("maxLength").GetInt32());
        Assert.Equal(["512", "768", "1024"],
            fields.GetProperty("quality").GetProperty("enum").EnumerateArray().Select(value => value.GetString()));
        Assert.True(schema.TryGetProperty("examples", out _));
    }

    [Theory]
    [InlineData("GenerationResource")]
    [InlineData("GenerateVideoRequest")]
    public async Task An_example_has_every_field_and_no_other(string name)
    {
        await using var api = await ApiHost.StartAsync();

        var schema = (await DocumentAsync(api)).GetProperty("components").GetProperty("schemas").GetProperty(name);

        Assert.Equal(
            schema.GetProperty("properties").EnumerateObject().Select(field => field.Name).Order(),
            schema.GetProperty("examples")[0].EnumerateObject().Select(field => field.Name).Order());
    }

    [Fact]
    public async Task A_problem_documents_what_it_adds_to_the_standard()
    {
        await using var api = await ApiHost.StartAsync();

        var schema = (await DocumentAsync(api)).GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails");

        Assert.Superset(
            new HashSet<string> { "code", "retryable", "generationId", "errors" },
            schema.GetProperty("properties").EnumerateObject().Select(field => field.Name).ToHashSet());
        Assert.Equal(2, schema.GetProperty("examples").GetArrayLength());
    }

    [Fact]
    public async Task A_generation_documents_its_times_and_words()
    {
        await using var api = await ApiHost.StartAsync();

        var schemas = (await DocumentAsync(api)).GetProperty("components").GetProperty("schemas");

        var fields = schemas.GetProperty("GenerationResource").GetProperty("properties");
        Assert.Equal("date-time", fields.GetProperty("createdAt").Text("format"));
        Assert.Equal(["pending", "processing", "completed", "failed", "canceled", "expired"],
            Words(schemas, fields.GetProperty("status")));
    }

    [Fact]
    public async Task The_pages_ask_nothing_of_any_other_host()
    {
        await using var api = await ApiHost.StartAsync();

        using var page = await api.Client.GetAsync("/docs");
        var html = await page.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("openapi.json", html, StringComparison.Ordinal);
        Assert.Contains(page.Headers.GetValues("Content-Security-Policy"), policy => policy.Contains("default-src 'self';"));
        Assert.DoesNotMatch("(?:https?:)?//[a-z0-9-]+\\.", html);
        foreach (Match source in Sources().Matches(html))
        {
            using var script = await api.Client.GetAsync(new Uri(page.RequestMessage!.RequestUri!, source.Groups[1].Value));
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
        }
    }

    [Theory]
    [InlineData("/docs", null, "/docs/")]
    [InlineData("/docs", "/video", "/video/docs/")]
    public async Task The_pages_are_redirected_to_an_absolute_path(string path, string? prefix, string location)
    {
        await using var api = await ApiHost.StartAsync(("VideoGen:Proxies", "127.0.0.1"));
        using var client =
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = api.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (prefix is not null)
        {
            request.Headers.Add("X-Forwarded-Prefix", prefix);
        }

        using var response = await client.SendAsync(request);

        Assert.InRange((int)response.StatusCode, 301, 308);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
    }

    private static async Task<JsonElement> DocumentAsync(ApiHost api)
    {
        using var response = await api.Client.GetAsync("/openapi.json");
        return await response.JsonAsync();
    }

    private static IEnumerable<(string Path, string Method, JsonElement Json)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (path.Name, operation.Name, operation.Value);

    private static IEnumerable<string?> Words(JsonElement schemas, JsonElement field) =>
        (field.TryGetProperty("$ref", out var reference) ? schemas.GetProperty(reference.GetString()!.Split('/')[^1]) : field)
        .GetProperty("enum").EnumerateArray().Select(word => word.GetString());

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Sources();
}
