using VideoGen.Testing;

namespace VideoGen.SystemTests.Standalone;

/// <summary>What survives the end of the process, however it ends.</summary>
public sealed class RestartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    public async Task After_kill_nothing_accepted_is_lost_and_unfinished_films_are_finished()
    {
        await using var api = await ApiProcess.StartAsync();
        List<string> ids = [];
        for (var count = 0; count < 4; count++)
        {
            using var ordered = await api.Client.GenerateAsync(""","duration":3,"quality":"512" """);
            ids.Insert(0, (await ordered.JsonAsync()).Text("id"));
        }

        await api.KillAsync();
        await api.RestartAsync();

        using var list = await api.Client.GetAsync("/generations");
        Assert.Equal(ids, (await list.JsonAsync()).EnumerateArray().Select(generation => generation.Text("id")));
        foreach (var id in ids)
        {
            Assert.Equal("completed", (await api.Client.EndAsync(id)).Text("status"));
        }
    }

    [Fact]
    public async Task A_stop_ends_the_process_in_order_and_a_start_recommends_no_other_settings()
    {
        await using var api = await ApiProcess.StartAsync();

        Assert.Equal(0, await api.StopAsync());
        Assert.DoesNotContain("ServerGC", api.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_ends_with_one_sentence()
    {
        await using var api = await ApiProcess.StartAsync();

        using var second = ProductProcess.Start(
            "VideoGen.Api", ["--urls", "http://127.0.0.1:0"], [("VideoGen__DataDirectory", api.DataDirectory)]);

        Assert.Equal(1, await second.ExitAsync(Patience));
        Assert.Contains("in use by another VideoGen", second.Log.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }
}
