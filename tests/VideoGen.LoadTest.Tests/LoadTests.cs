using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using VideoGen.LoadTest.Driving;

namespace VideoGen.LoadTest.Tests;

/// <summary>
/// The generator against a real server that behaves badly: what it reports must be what a user would have felt.
/// </summary>
public sealed class LoadTests
{
    private static readonly byte[] Get = RawRequest.Get("/");

    [Fact]
    public async Task Whoever_waits_behind_a_stall_is_counted()
    {
        var (seen, stall) = (0, (Task?)null);
        await using var server = await StartAsync(async context =>
        {
            if (Interlocked.Increment(ref seen) == 100)
            {
                Volatile.Write(ref stall, Task.Delay(TimeSpan.FromMilliseconds(600)));
            }

            await (Volatile.Read(ref stall) ?? Task.CompletedTask);
        });

        var result = await LoadOf(server, connections: 4).RunAsync(TimeSpan.FromSeconds(2), rate: 200);

        // Four requests were in the server while it stalled; 120 were due.
        Assert.Equal(400, result.Answers);
        Assert.True(result.Milliseconds(80) > 50, $"80 % were answered within {result.Milliseconds(80)} ms.");
        Assert.True(result.Milliseconds(100) > 400, $"The longest took {result.Milliseconds(100)} ms.");
    }

    [Fact]
    public async Task A_server_that_never_answers_does_not_hold_the_load()
    {
        await using var server = await StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var result = await LoadOf(server, connections: 4, patience: TimeSpan.FromSeconds(2))
            .RunAsync(TimeSpan.FromSeconds(0.5), rate: 40);

        Assert.Equal(0, result.Answers);
        Assert.Equal(4, result.Failures["no answer"]);
        Assert.Equal(16, result.Failures["not sent"]);
    }

    [Fact]
    public async Task Neither_more_nor_fewer_are_sent_than_asked_for()
    {
        var seen = 0;
        await using var server = await StartAsync(_ =>
        {
            Interlocked.Increment(ref seen);
            return Task.CompletedTask;
        });

        var result = await LoadOf(server, connections: 4).RunAsync(TimeSpan.FromMinutes(1), most: 50);

        Assert.Equal(50, seen);
        Assert.Equal(50, result.Answers);
        Assert.Empty(result.Failures);
    }

    [Fact]
    public async Task What_is_no_success_is_named()
    {
        var seen = 0;
        await using var server = await StartAsync(context =>
        {
            switch (Interlocked.Increment(ref seen) % 3)
            {
                case 0:
                    context.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
                    break;
                case 1:
                    context.Abort();
                    break;
            }

            return Task.CompletedTask;
        });

        var result = await LoadOf(server, connections: 1).RunAsync(TimeSpan.FromMinutes(1), most: 30);

        Assert.Equal(20, result.Answers);
        Assert.Equal(10, result.Failures["HTTP 503"]);
        Assert.Equal(20, result.Failures.Values.Sum());
    }

    private static Load LoadOf(WebApplication server, int connections, TimeSpan? patience = null) =>
        new([new Uri(server.Urls.Single())], connections) { Request = _ => Get, Patience = patience ?? TimeSpan.FromMinutes(1) };

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return server;
    }
}
