using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunit;

namespace VideoGen.Testing;

/// <summary>What a user does over HTTP. Every answer is searched for the token.</summary>
public static class Client
{
    private static readonly JsonSerializerOptions Said = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The bytes of the sample picture.</summary>
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
    public static async Task<string> UploadAsync(this HttpClient client)
    {
        using var response = await client.UploadAsync(Picture);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).Text("imageUrl");
    }

    /// <summary>Uploads the sample picture, asks for a video of it and returns the response.</summary>
    public static async Task<HttpResponseMessage> GenerateAsync(
        this HttpClient client, string more = "", string script = "She waves.") =>
        await client.PostJsonAsync(
            "/generate-video", $$"""{"characterImageUrl":"{{await client.UploadAsync()}}","script":"{{script}}"{{more}}}""");

    /// <summary>Asks for the smallest film that can be asked for.</summary>
    public static async Task<HttpResponseMessage> PostOrderAsync(
        this HttpClient client, string image, string script, string? key = null, string? model = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video");
        request.Content = JsonContent.Create(
            new { characterImageUrl = image, script, duration = Film.Seconds, quality = $"{Film.Side}", model }, options: Said);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>
    /// Asks for a film and returns the id under which it was accepted. A machine that is too busy to answer in time asks to come
    /// again, and the key makes one film of all these orders.
    /// </summary>
    public static async Task<string> OrderAsync(this HttpClient client, string image, string script, string? model = null)
    {
        var key = Guid.NewGuid().ToString();
        using var response = await NotBusyAsync(() => client.PostOrderAsync(image, script, key, model));
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).Text("id");
    }

    public static async Task<JsonElement> GetGenerationAsync(this HttpClient client, string id)
    {
        using var response = await NotBusyAsync(() => client.GetAsync("/generation/" + id));
        response.EnsureSuccessStatusCode();
        return await response.JsonAsync();
    }

    /// <summary>Asks until the generation has ended, whichever way.</summary>
    public static async Task<JsonElement> EndAsync(this HttpClient client, string id) => await Eventually.GetAsync(
        () => client.GetGenerationAsync(id),
        generation => generation.Text("status") is "completed" or "failed" or "canceled",
        generation => $"Generation {id} is still {generation}.");

    /// <summary>The whole history, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ListAsync(this HttpClient client)
    {
        List<JsonElement> all = [];
        for (var next = "/generations?limit=100"; next is not null;)
        {
            using var page = await NotBusyAsync(() => client.GetAsync(next));
            page.EnsureSuccessStatusCode();
            all.AddRange((await page.JsonAsync()).EnumerateArray());
            next = page.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return all;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (text.Length == 0)
        {
            throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} was answered without a body: {response}");
        }

        return (text + response.Headers).Contains(Hub.Token, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} was answered with the token.")
            : JsonDocument.Parse(text).RootElement;
    }

    private static Task<HttpResponseMessage> NotBusyAsync(Func<Task<HttpResponseMessage>> ask) => Eventually.GetAsync(
        ask, answer => answer.StatusCode is not HttpStatusCode.ServiceUnavailable, answer => $"Still {(int)answer.StatusCode}.");

    /// <summary>The text of a field; null, whatever the type says, where the field is null.</summary>
    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    /// <summary>
    /// The status, and behind it the code of the error where there is one: <c>completed</c>, <c>failed: job_lost</c>.
    /// </summary>
    public static string Outcome(this JsonElement generation) =>
        generation.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
            ? $"{generation.Text("status")}: {error.Text("code")}"
            : generation.Text("status");

    /// <summary>Asserts a problem document with this status and code, and returns it.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, type));
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.Text("code"));
        Assert.Equal(
            code == "still_running"
            || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= (HttpStatusCode)500,
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
