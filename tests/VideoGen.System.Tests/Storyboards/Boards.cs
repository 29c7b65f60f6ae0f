using System.Net;
using System.Text;
using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Storyboards;

/// <summary>What a user does with characters and storyboards over HTTP.</summary>
internal static class Boards
{
    /// <summary>More of a shot: it starts from the last frame of the one before.</summary>
    public const string Previous = ""","start":"previous" """;

    /// <summary>More of a shot or of a storyboard: a cross-fade.</summary>
    public static string Fade(string seconds = "0.5") =>
        $$""","transition":{"type":"crossfade","seconds":{{seconds}}}""";

    /// <summary>More of a shot: it starts from this picture.</summary>
    public static string From(string imageUrl) => $$""","start":"picture","imageUrl":"{{imageUrl}}" """;

    /// <summary>The smallest shot there is.</summary>
    public static string Shot(string script, string more = "") =>
        $$"""{"script":"{{script}}","duration":{{Film.Seconds}}{{more}}}""";

    /// <summary>Creates a character with the sample picture in front, and returns its id.</summary>
    public static async Task<string> CreateCharacterAsync(
        this HttpClient client, string description = "", string name = "Ada")
    {
        var image = await client.UploadAsync();
        var created = await client.SendOkAsync(
            HttpMethod.Post, "/characters",
            $$"""{"name":"{{name}}","description":"{{description}}","pictures":["{{image}}"]}""");
        return created.Text("id");
    }

    /// <summary>Creates a small storyboard with a new character, and returns it.</summary>
    public static async Task<JsonElement> CreateBoardAsync(
        this HttpClient client, IEnumerable<string> shots, string more = "") => await client.SendOkAsync(
            HttpMethod.Post, "/storyboards", Board(await client.CreateCharacterAsync(), shots, more));

    /// <summary>The body of a small storyboard.</summary>
    public static string Board(string characterId, IEnumerable<string> shots, string more = "") => $$"""
        {"title":"A day","characterId":"{{characterId}}","quality":"{{Film.Side}}","shots":[{{string.Join(',', shots)}}]{{more}}}
        """;

    /// <summary>Creates a storyboard and renders it; returns its id.</summary>
    public static async Task<string> RenderBoardAsync(this HttpClient client, IEnumerable<string> shots, string more = "")
    {
        var id = (await client.CreateBoardAsync(shots, more)).Text("id");
        await client.SendOkAsync(HttpMethod.Post, $"/storyboards/{id}/render");
        return id;
    }

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? json = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>The same, where it has to succeed; a machine that is too busy to answer in time asks to come again.</summary>
    public static async Task<JsonElement> SendOkAsync(
        this HttpClient client, HttpMethod method, string path, string? json = null)
    {
        var key = Guid.NewGuid().ToString();
        using var answer = await Eventually.GetAsync(
            () => client.SendAsync(method, path, json, key), one => one.StatusCode is not HttpStatusCode.ServiceUnavailable,
            one => $"Still {(int)one.StatusCode}.");
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
        return answer.StatusCode is HttpStatusCode.NoContent ? default : await answer.JsonAsync();
    }

    public static Task<JsonElement> GetBoardAsync(this HttpClient client, string id) =>
        client.SendOkAsync(HttpMethod.Get, "/storyboards/" + id);

    /// <summary>
    /// Asks until the storyboard is as wanted: longer than others, because ffmpeg gives way to everything else.
    /// </summary>
    public static async Task<JsonElement> UntilAsync(this HttpClient client, string id, Func<JsonElement, bool> isWanted)
    {
        for (var patience = 3; ; patience--)
        {
            try
            {
                return await Eventually.GetAsync(
                    () => client.GetBoardAsync(id), isWanted, board => $"The storyboard is still {board}");
            }
            catch (TimeoutException) when (patience > 0)
            {
                // Once more.
            }
        }
    }

    /// <summary>Asks until the storyboard has ended, whichever way.</summary>
    public static Task<JsonElement> EndBoardAsync(this HttpClient client, string id) =>
        client.UntilAsync(id, board => board.Text("status") is "completed" or "failed" or "canceled");

    /// <summary>The shots of a storyboard in order.</summary>
    public static IReadOnlyList<JsonElement> Shots(this JsonElement board) => [.. board.GetProperty("shots").EnumerateArray()];

    /// <summary>A shot, from 1.</summary>
    public static JsonElement Shot(this JsonElement board, int number) => board.GetProperty("shots")[number - 1];
}
