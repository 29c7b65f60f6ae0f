using VideoGen.FakeHub;
using VideoGen.LoadTest.Driving;
using VideoGen.LoadTest.Measuring;
using VideoGen.LoadTest.Running;
using VideoGen.Testing;

namespace VideoGen.LoadTest.Scenarios;

/// <summary>Every command that Redis is sent over the whole lives of generations, from the order to the film.</summary>
internal static class Lives
{
    private const int Generations = 20;

    public static async Task RunAsync()
    {
        Report.Title("life of a generation");
        await using var deployment = await Deployment.StartAsync(
            silos: 1, paces: new HubSettings { QueueSeconds = 0.1, RenderSeconds = 1 },
            settings: ("VideoGen__Inference__MaxConcurrent", "20"));
        var order = RawRequest.Order(await deployment.Client.UploadAsync());
        await LiveAsync(deployment, order, 1);    // once for scripts and grains that are there for good
        await using var conversation = await Conversation.ListenAsync(deployment.Redis!);
        var before = await RedisFigures.ReadAsync(deployment.Redis!);
        await LiveAsync(deployment, order, Generations);
        var bytes = (await RedisFigures.ReadAsync(deployment.Redis!) - before).Bytes;
        var commands = (await conversation.EndAsync())
            .Where(command => command.Key.Length > 0 && !command.Key.Contains("members")).ToList();

        Console.WriteLine("| command | about | for each generation |");
        Console.WriteLine("| --- | --- | ---: |");
        foreach (var group in commands.GroupBy(command => command).OrderByDescending(group => group.Count()))
        {
            Report.Say($"| {group.Key.Command} | {group.Key.Key} | {group.Count() / (double)Generations:0.0} |");
        }

        Report.Say($"| all | | {commands.Count / (double)Generations:0.0} |");
        Report.Say($"\n{bytes / 1024.0 / Generations:0} KB over the connections of Redis for each generation, membership included");
    }

    private static async Task LiveAsync(Deployment deployment, byte[] order, int count)
    {
        // One after the other, so that no two share a write of the history; they end as they like.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var connection = await RawConnection.OpenAsync(deployment.Targets[0], limit.Token);
        List<string> ids = [];
        for (var i = 0; i < count; i++)
        {
            ids.Add((await connection.SendAsync(order, limit.Token)).GenerationId());
        }

        await Task.WhenAll(ids.Select(deployment.Client.EndAsync));
        await Eventually.GetAsync(
            async () => await deployment.Redis!.AskAsync("eval", "return #redis.call('keys', '*reminder*')", "0"),
            tables => tables == "0", tables => $"Reminders are left in {tables} tables.");
    }
}
