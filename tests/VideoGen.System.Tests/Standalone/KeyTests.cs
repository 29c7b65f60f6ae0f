using System.Net;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>Idempotency keys in the real program, over the end of its process.</summary>
public sealed class KeyTests
{
    private const string Header = "Idempotency-Replayed";

    [Fact]
    public async Task A_key_makes_one_generation_of_fifty_orders_and_after_a_kill_too()
    {
        await using var api = await ApiProcess.StartAsync();
        var image = await api.Client.UploadAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OrderAsync(api.Client, image, "She waves.")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(answers, answer => !answer.Headers.Contains(Header));
        var ids = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).Text("id")));
        var id = Assert.Single(ids.Distinct());

        await api.KillAsync();
        await api.RestartAsync();

        using var replay = await OrderAsync(api.Client, image, "She waves.");
        Assert.Equal(["true"], replay.Headers.GetValues(Header));
        Assert.Equal(id, (await replay.JsonAsync()).Text("id"));
        using var other = await OrderAsync(api.Client, image, "She leaves.");
        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        using var list = await api.Client.GetAsync("/generations");
        Assert.Equal(id, Assert.Single((await list.JsonAsync()).EnumerateArray()).Text("id"));
    }

    private static async Task<HttpResponseMessage> OrderAsync(HttpClient client, string image, string script)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video")
        {
            Content = new StringContent(
                $$"""{"characterImageUrl":"{{image}}","script":"{{script}}","duration":3,"quality":"512"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "8e03978e-40d5-43e8-bc93-6894a57f9324");
        return await client.SendAsync(request);
    }
}
