using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace VideoGen.Api.Tests;

/// <summary>The requests of a client, and what is expected of every error.</summary>
internal static class Requests
{
    public static byte[] Picture { get; } = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));

    public static Task<HttpResponseMessage> PostJsonAsync(this HttpClient client, string path, string json) =>
        client.PostAsync(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public static async Task<HttpResponseMessage> UploadAsync(
        this HttpClient client, byte[] file, string field = "character", string name = "me.jpg", string? type = "image/jpeg")
    {
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        using var form = new MultipartFormDataContent { { part, field, name } };
        return await client.PostAsync("/upload-character", form);
    }

    /// <summary>Uploads the sample picture and returns its address.</summary>
    public static async Task<string> UploadedAsync(this HttpClient client)
    {
        using var response = await client.UploadAsync(Picture);
        return (await response.JsonAsync()).GetProperty("imageUrl").GetString()!;
    }

    /// <summary>Orders a film of an uploaded picture and returns the response.</summary>
    public static async Task<HttpResponseMessage> GenerateAsync(
        this HttpClient client, string more = "", string script = "She waves.") =>
        await client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{await client.UploadedAsync()}}","script":"{{script}}"{{more}}}""");

    /// <summary>Asks until the generation has ended, whichever way.</summary>
    public static async Task<JsonElement> FinishedAsync(this HttpClient client, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            using var response = await client.GetAsync("/generation/" + id, limit.Token);
            var generation = await response.JsonAsync();
            if (generation.Text("status") is "completed" or "failed")
            {
                return generation;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
        }
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>Asserts a problem document with this status and code, and returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, type));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal(
            code == "still_running" || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= (HttpStatusCode)500,
            problem.GetProperty("retryable").GetBoolean());
        Assert.EndsWith(".", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), text, StringComparison.Ordinal);
        return problem;
    }

    /// <summary>Asserts a 422 that names this field.</summary>
    public static async Task InvalidAsync(this HttpResponseMessage response, string field)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "validation_failed");
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Contains(field, problem.Text("detail"), StringComparison.Ordinal);
    }
}
