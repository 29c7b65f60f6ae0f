using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VideoGen.Testing;

/// <summary>What a user does over HTTP. Every answer is searched for the token.</summary>
public static class Client
{
    private static readonly byte[] Picture =
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Samples", "character.jpg"));

    /// <summary>Uploads the sample picture and returns its address.</summary>
    public static async Task<string> UploadAsync(this HttpClient client)
    {
        var part = new ByteArrayContent(Picture) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } };
        using var form = new MultipartFormDataContent { { part, "character", "me.jpg" } };
        using var response = await client.PostAsync("/upload-character", form);
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).Text("imageUrl")!;
    }

    /// <summary>Asks for the smallest film that can be asked for.</summary>
    public static async Task<HttpResponseMessage> PostOrderAsync(
        this HttpClient client, string image, string script, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video");
        request.Content = JsonContent.Create(
            new { characterImageUrl = image, script, duration = Film.Seconds, quality = $"{Film.Side}" });
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
    public static async Task<string> OrderAsync(this HttpClient client, string image, string script)
    {
        var key = Guid.NewGuid().ToString();
        using var response = await NotBusyAsync(() => client.PostOrderAsync(image, script, key));
        response.EnsureSuccessStatusCode();
        return (await response.JsonAsync()).Text("id")!;
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
        return (text + response.Headers).Contains(Hub.Token, StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{response.RequestMessage?.RequestUri} was answered with the token.")
            : JsonDocument.Parse(text).RootElement;
    }

    private static Task<HttpResponseMessage> NotBusyAsync(Func<Task<HttpResponseMessage>> ask) => Eventually.GetAsync(
        ask, answer => answer.StatusCode is not HttpStatusCode.ServiceUnavailable, answer => $"Still {(int)answer.StatusCode}.");

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>The status, and behind it the code of the error where there is one: <c>completed</c>, <c>failed: job_lost</c>.</summary>
    public static string Outcome(this JsonElement generation) =>
        generation.GetProperty("error") is { ValueKind: JsonValueKind.Object } error
            ? $"{generation.Text("status")}: {error.Text("code")}"
            : generation.Text("status")!;
}
