using System.Net;
using System.Net.Sockets;
using System.Text;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.OpenAi;

/// <summary>What the grain that recognizes repetitions is told about a request without a key, and about its response.</summary>
public sealed class ClientRetriesTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("3", 3)]
    [InlineData("-1", null)]
    [InlineData("many", null)]
    [InlineData(null, null)]
    public async Task The_count_of_the_client_is_told(string? header, int? count)
    {
        await using var api = await ApiHost.StartAsync();
        if (header is not null)
        {
            api.Client.DefaultRequestHeaders.Add("x-stainless-retry-count", header);
        }

        using var response = await api.Client.CreateAsync();

        Assert.Equal(count, Assert.Single(api.Cluster.Reserved).RetryCount);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_request_with_a_key_and_one_of_the_native_api_are_not_looked_at()
    {
        await using var api = await ApiHost.StartAsync();
        api.Client.DefaultRequestHeaders.Add("Idempotency-Key", "mine");
        using var keyed = await api.Client.CreateAsync();
        api.Client.DefaultRequestHeaders.Remove("Idempotency-Key");
        using var native = await api.Client.GenerateAsync();

        Assert.Empty(api.Cluster.Reserved);
    }

    [Fact]
    public async Task A_response_that_was_sent_is_told_also_where_it_is_a_refusal()
    {
        await using var api = await ApiHost.StartAsync();
        using var created = await api.Client.CreateAsync();
        using var refused = await api.Client.PostJsonAsync(
            "/v1/videos", """{"prompt":"A calm sea","input_reference":"/uploads/character_2.jpg"}""");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([true, true], await EndedAsync(api, 2));
    }

    [Fact]
    public async Task A_response_that_is_an_error_of_this_server_counts_as_lost()
    {
        await using var api = await ApiHost.StartAsync();
        api.Disk.HasRoom = false;
        using var response = await api.Client.CreateAsync();

        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
        Assert.Equal([false], await EndedAsync(api, 1));
    }

    [Fact]
    public async Task A_response_whose_client_has_gone_is_lost()
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.HoldSubmits = new TaskCompletionSource();
        var server = api.Client.BaseAddress!;
        using (var client = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            const string body = """{"prompt":"A calm sea","input_reference":"/uploads/character_1.jpg"}""";
            await client.ConnectAsync(server.Host, server.Port);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(
                $"POST /v1/videos HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}"));
            await Eventually.GetAsync(
                () => Task.FromResult(api.Cluster.Reserved.Count), count => count == 1, _ => "It is not reserved.");
        }

        Assert.Equal([false], await EndedAsync(api, 1));    // at once, for clients that repeat within milliseconds
        api.Cluster.HoldSubmits.SetResult();
        Assert.Equal([false, false], await EndedAsync(api, 2));
    }

    [Fact]
    public async Task A_client_that_closes_its_connection_after_the_response_has_got_it()
    {
        await using var api = await ApiHost.StartAsync();
        api.Client.DefaultRequestHeaders.ConnectionClose = true;
        for (var number = 0; number < 50; number++)
        {
            using var response = await api.Client.CreateAsync();
        }

        Assert.DoesNotContain(false, await EndedAsync(api, 50));
    }

    private static async Task<IEnumerable<bool>> EndedAsync(ApiHost api, int count)
    {
        await Eventually.GetAsync(() => Task.FromResult(api.Cluster.Ended.Count), ended => ended >= count, ended => $"{ended}");
        return api.Cluster.Ended.Select(ended => ended.IsSent);
    }
}
