using System.Net;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>What tests of the dialect do again and again.</summary>
internal static class OpenAiClient
{
    public const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";
    public const string VideoId = "video_01994fd6b0f37c5aa8b2c1d4e5f60718";

    /// <summary>Something that begins like a PNG.</summary>
    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[62]];

    public static string DataUrl { get; } = "data:image/png;base64," + Convert.ToBase64String(Png);

    /// <summary>Creates a video from the picture that every host has.</summary>
    public static Task<HttpResponseMessage> CreateAsync(this HttpClient client, string more = "") => client.PostJsonAsync(
        "/v1/videos", $$"""{"prompt":"A calm sea","input_reference":"/uploads/character_1.jpg"{{more}}}""");

    /// <summary>Asserts the error of this dialect with this status, code and parameter.</summary>
    public static async Task<JsonElement> ErrorAsync(
        this HttpResponseMessage response, HttpStatusCode status, string code, string? param = null)
    {
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        Assert.Equal((status, "application/json", text), (response.StatusCode, type, text));
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(member => member.Name));
        Assert.Equal((code, param), (error.Text("code"), error.Text("param")));
        Assert.Equal(
            (int)status == 429 ? "rate_limit_error" : (int)status >= 500 ? "server_error" : "invalid_request_error",
            error.Text("type"));
        Assert.NotEmpty(error.Text("message"));
        Assert.Single(response.Headers.GetValues("x-request-id"));
        return error;
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
