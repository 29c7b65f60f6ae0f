using System.Text.Json;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Clusters;

/// <summary>What Redis holds of one generation is damaged while its silo is away.</summary>
public sealed class UnreadableTests
{
    [Fact]
    public async Task The_list_shows_the_others_and_the_damaged_one_alone_is_an_error()
    {
        using var data = new TemporaryDirectory();
        await using var hub = await Hub.StartAsync(shaped: true);
        await using var redis = new RedisServer();
        await redis.StartAsync();
        (string, string)[] settings =
        [
            .. hub.Settings("fal-ai"),
            ("ConnectionStrings__redis", redis.ConnectionString),
            ("VideoGen__DataDirectory", data.Path),
        ];
        var silo = new SiloProcess(settings);
        try
        {
            await using var api = await ApiProcess.StartAsync(settings);
            var image = await api.Client.UploadAsync();
            List<string> ids = [];
            foreach (var script in (string[])["first", "second", "third"])
            {
                ids.Add(await api.Client.OrderAsync(image, script));
                Assert.Equal("completed", (await api.Client.EndAsync(ids[^1])).Outcome());
            }

            await silo.KillAsync();
            await DamageAsync(redis, ids[1]);
            silo.Dispose();
            silo = new SiloProcess(settings);

            await Eventually.GetAsync(
                () => ListAsync(api.Client), list => list is not null, _ => "The list is not answered.");
            Assert.Equal([ids[2], ids[0]], (await ListAsync(api.Client))!);
            using var alone = await api.Client.GetAsync($"/generation/{ids[1]}");
            Assert.InRange((int)alone.StatusCode, 500, 599);
            var problem = JsonSerializer.Deserialize<JsonElement>(await alone.Content.ReadAsStringAsync());
            Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
            Assert.Contains($"{ids[1]} cannot be read", silo.Log, StringComparison.Ordinal);
        }
        finally
        {
            await silo.KillAsync();
            silo.Dispose();
        }
    }

    private static async Task DamageAsync(RedisServer redis, string id)
    {
        var keys = (await redis.AskAsync("keys", $"*/state/*{id}*")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(keys);
        foreach (var key in keys)
        {
            await redis.AskAsync("hset", key.Trim(), "data", "{ \"Request\": ");
        }
    }

    /// <summary>Null while no silo answers.</summary>
    private static async Task<IReadOnlyList<string>?> ListAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/generations");
        return answer.IsSuccessStatusCode
            ? [.. JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).EnumerateArray()
                .Select(item => item.GetProperty("id").GetString()!)]
            : null;
    }
}
