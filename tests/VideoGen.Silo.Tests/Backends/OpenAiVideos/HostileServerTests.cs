using System.Text;
using VideoGen.Grains.Backends;
using VideoGen.Silo.Tests.Backends.Fuzz;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>
/// Every parser of an answer meets thousands of hostile ones: nothing is thrown, and every outcome keeps its promises. Seeded: a
/// failure names its case.
/// </summary>
public sealed class HostileServerTests
{
    private const int Cases = 1_600;

    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly byte[][] Recorded =
    [
        Encoding.UTF8.GetBytes(GpuServer.Queued),
        """{"id":"7","object":"video","status":"in_progress","progress":40,"prompt":"x","seconds":"5"}"""u8.ToArray(),
        """{"id":"7","object":"video","status":"failed","error":{"code":500,"message":"out of memory"}}"""u8.ToArray(),
        """{"id":"7","status":"completed","url":"https://s3.example/7?sig=1","data":[{"url":"https://a.example"}]}"""u8.ToArray(),
        """{"object":"list","data":[{"id":"7","prompt":"x","created_at":1795428001}],"has_more":false}"""u8.ToArray(),
        """{"detail":[{"loc":["body","model"],"msg":"no","type":"value_error"}]}"""u8.ToArray(),
        """{"error":{"message":"The model `a` does not exist","type":"x","param":"model","code":404}}"""u8.ToArray(),
    ];

    [Fact]
    public async Task No_answer_is_more_than_one_of_the_outcomes()
    {
        using var network = new FuzzHttp();
        using var gpu = new GpuServer(GpuServer.Url, network, ("Exclusive", "true"), ("MaxConcurrent", "1"));
        var planned = await gpu.PlannedAsync();
        var kinds = new HashSet<Type>();

        for (var seed = 0; seed < Cases; seed++)
        {
            var answers = new HostileAnswers(new Random(seed), Recorded);
            network.Answer = answers.Next;
            try
            {
                await CheckAsync(gpu, planned, kinds);
            }
            catch (Exception error)
            {
                Assert.Fail($"Case {seed}: {answers.Last}\n{error}");
            }
        }

        // All outcomes were met but those that a server cannot cause.
        Assert.Equal(3 + 5 + 4, kinds.Count);
    }

    private static async Task CheckAsync(GpuServer gpu, PlanOutcome.Planned planned, HashSet<Type> kinds)
    {
        var submit = await planned.Submit();
        kinds.Add(submit.GetType());
        if (submit is SubmitOutcome.Accepted { Job: var job })
        {
            Assert.InRange(job.Id.Length, 1, 500);
            Assert.StartsWith(job.StatusPath is null ? "http" : "/v1/videos/", job.ResultPath, StringComparison.Ordinal);
        }
        else
        {
            OutcomeRules.Check(submit);
        }

        var poll = await gpu.PollAsync(planned.Plan);
        kinds.Add(poll.GetType());
        OutcomeRules.Check(poll);

        var find = await gpu.Backend.FindAsync(GpuServer.Order("x"), planned.Plan, lead: null, None);
        kinds.Add(find.GetType());
        if (find is FindOutcome.Unavailable later)
        {
            OutcomeRules.Check(later.Error, later.RetryAfter);
        }

        Assert.True(Enum.IsDefined(await gpu.Backend.CancelAsync(GpuServer.Order(), planned.Plan, GpuServer.RenderJob, None)));
        gpu.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull((await gpu.Backend.DescribeAsync("a/b", None)).Traits);
    }
}
