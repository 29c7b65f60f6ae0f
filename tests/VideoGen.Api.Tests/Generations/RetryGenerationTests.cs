using System.Net;
using VideoGen.Api.Tests.Fakes;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Generations;

public sealed class RetryGenerationTests
{
    private const string Id = "01994fd6-b0f3-7c5a-a8b2-c1d4e5f60718";

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    public async Task A_failed_generation_is_ordered_again(string prefix)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id) with
        {
            Status = GenerationStatus.Failed,
            Error = new GenerationError(GenerationErrorCode.OutcomeUnknown, "It is not known.", Retryable: true),
        });

        using var response = await api.Client.PostAsync($"{prefix}/generation/{Id}/retry", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("pending", (await response.JsonAsync()).Text("status"));
    }

    [Theory]
    [InlineData(GenerationStatus.Pending)]
    [InlineData(GenerationStatus.Processing)]
    [InlineData(GenerationStatus.Completed)]
    public async Task What_has_not_failed_is_not_ordered_again(GenerationStatus status)
    {
        await using var api = await ApiHost.StartAsync();
        api.Cluster.Put(Snapshots.Pending(Id) with { Status = status });

        using var response = await api.Client.PostAsync($"/generation/{Id}/retry", null);

        await response.ProblemAsync(HttpStatusCode.Conflict, "nothing_to_retry");
        Assert.Equal(status, api.Cluster.Find(Id)!.Status);
    }

    [Fact]
    public async Task An_unknown_generation_answers_404()
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.PostAsync($"/generation/{Id}/retry", null);

        await response.ProblemAsync(HttpStatusCode.NotFound, "generation_not_found");
    }
}
