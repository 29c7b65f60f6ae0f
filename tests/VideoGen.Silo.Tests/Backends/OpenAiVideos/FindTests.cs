using VideoGen.Grains.Backends;
using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>What is asked after a submit whose answer was lost; <see cref="FindVerdictTests"/> judge the list.</summary>
public sealed class FindTests
{
    private const string List = GpuServer.Videos + "?limit=100&order=desc";

    private static readonly (string, string?)[] Ours = [("Exclusive", "true"), ("MaxConcurrent", "1"), ("Provider", "vllm-omni")];

    [Fact]
    public async Task The_job_of_a_lost_answer_is_found_in_the_list()
    {
        using var gpu = new GpuServer(Ours);
        var plan = (await gpu.PlannedAsync()).Plan;
        gpu.Http.On("GET", List, 200, Jobs(gpu, "the cat starts to dance", "\"size\":\"768x768\",\"seconds\":\"5\""));

        Assert.Equal(GpuServer.RenderJob, Assert.IsType<FindOutcome.Found>(await FindAsync(gpu, plan)).Job);
    }

    [Theory]
    [InlineData("\"size\":\"1280x720\"")]
    [InlineData("\"seconds\":\"8\"")]
    public async Task A_job_of_another_size_or_length_is_not_taken_for_it(string field)
    {
        using var gpu = new GpuServer(Ours);
        var plan = (await gpu.PlannedAsync()).Plan;
        gpu.Http.On("GET", List, 200, Jobs(gpu, "the cat starts to dance", field));

        Assert.IsType<FindOutcome.CannotTell>(await FindAsync(gpu, plan));
    }

    [Fact]
    public async Task The_size_of_a_video_that_shows_its_picture_whole_is_not_compared()
    {
        using var gpu = new GpuServer(Ours);
        var order = GpuServer.Order();
        order = order with { Request = order.Request with { Fit = Fit.Contain } };
        var plan = (await gpu.PlannedAsync(order)).Plan;
        gpu.Http.On("GET", List, 200, Jobs(gpu, "the cat starts to dance", "\"size\":\"1152x768\""));

        Assert.IsType<FindOutcome.Found>(await FindAsync(gpu, plan, order: order));
    }

    [Fact]
    public async Task A_job_that_does_not_appear_was_not_accepted()
    {
        using var gpu = new GpuServer(Ours);
        var plan = (await gpu.PlannedAsync()).Plan;
        gpu.Http.On("GET", List, 200, Jobs(gpu, "another script", "\"size\":\"768x768\""));

        Assert.IsType<FindOutcome.Unavailable>(await FindAsync(gpu, plan));
        gpu.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.IsType<FindOutcome.NotThere>(await FindAsync(gpu, plan));
    }

    [Theory]
    [InlineData(null, "1")]
    [InlineData("true", "2")]
    public async Task On_a_server_that_others_use_or_that_gets_several_requests_no_list_is_asked_for(
        string? exclusive, string? most)
    {
        using var gpu = new GpuServer(("Exclusive", exclusive), ("MaxConcurrent", most));
        var plan = (await gpu.PlannedAsync()).Plan;

        Assert.IsType<FindOutcome.CannotTell>(await FindAsync(gpu, plan));

        Assert.Single(gpu.Http.Sent);
    }

    [Fact]
    public async Task A_plan_without_a_time_cannot_be_found()
    {
        using var gpu = new GpuServer(Ours);

        Assert.IsType<FindOutcome.CannotTell>(await FindAsync(gpu, new RenderPlan("gpu1")));
    }

    [Theory]
    [InlineData(200, """{"object":"video","status":"queued"}""", true)]
    [InlineData(500, """{"object":"video","status":"failed"}""", true)]
    [InlineData(404, """{"detail":"Video not found"}""", false)]
    [InlineData(502, "<html>", false)]
    public async Task A_job_that_the_answer_named_is_asked_for_directly(int status, string body, bool isFound)
    {
        using var gpu = new GpuServer();
        gpu.Http.On("GET", GpuServer.Job, status, body);

        var outcome = await FindAsync(gpu, new RenderPlan("gpu1"), GpuServer.RenderJob);

        Assert.Equal(isFound, outcome is FindOutcome.Found);
        Assert.Equal(!isFound, outcome is FindOutcome.Unavailable);
    }

    private static string Jobs(GpuServer gpu, string prompt, string more)
    {
        var now = gpu.Time.GetUtcNow().ToUnixTimeSeconds();
        return $$"""{"data":[{"id":"video_gen_7","prompt":"{{prompt}}","created_at":{{now}},{{more}}}]}""";
    }

    private static Task<FindOutcome> FindAsync(
        GpuServer gpu, RenderPlan plan, RenderJob? lead = null, RenderRequest? order = null) =>
        gpu.Backend.FindAsync(order ?? GpuServer.Order(), plan, lead, CancellationToken.None);
}
