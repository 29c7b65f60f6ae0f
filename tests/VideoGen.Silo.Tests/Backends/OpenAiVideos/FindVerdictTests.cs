using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.OpenAiVideos.Verdicts;
using VideoGen.Silo.Backends.Wire;
using static VideoGen.Silo.Tests.Backends.OpenAiVideos.Answers;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

/// <summary>The request was planned at <see cref="Answers.Now"/>; a submit may last 100 seconds.</summary>
public sealed class FindVerdictTests
{
    private const int Settled = 16;

    private static readonly SoughtJob Sought =
        new("the cat dances", Now, TimeSpan.FromSeconds(100)) { Size = "768x768", Seconds = "5", Seed = "77" };

    [Theory]
    [InlineData(0, "")]
    [InlineData(-2, "")]
    [InlineData(101, "")]
    [InlineData(1, """, "size": "768x768", "seconds": "5" """)]
    [InlineData(1, """, "size": null, "seconds": 5, "seed": 77""")]
    public void The_only_job_with_the_script_in_the_time_of_the_submit_is_it(int created, string more)
    {
        var found = Find(1, Entry("7", "the cat dances", created, more), Entry("6", "the cat dances", -3));

        Assert.Equal("7", Assert.IsType<FindOutcome.Found>(found).Job.Id);
    }

    [Fact]
    public void Two_such_jobs_mean_that_somebody_else_uses_the_server() => Assert.IsType<FindOutcome.CannotTell>(
        Find(Settled, Entry("7", "the cat dances", 2), Entry("8", "the cat dances", 1)));

    [Theory]
    [InlineData(1, """, "seconds": "4" """)]
    [InlineData(1, """, "size": "1280x720" """)]
    [InlineData(1, """, "seed": 78""")]
    [InlineData(103, "")]
    public void A_job_that_is_almost_it_leaves_the_outcome_unknown(int created, string more) =>
        Assert.IsType<FindOutcome.CannotTell>(Find(300, Entry("7", "the cat dances", created, more)));

    [Fact]
    public void A_job_without_a_time_leaves_the_outcome_unknown() => Assert.IsType<FindOutcome.CannotTell>(
        Find(Settled, """{"id":"7","prompt":"the cat dances"}"""));

    [Fact]
    public void A_list_without_scripts_tells_nothing_but_about_older_jobs()
    {
        const string silent = """{"id":"7","object":"video","created_at":CREATED}""";

        Assert.IsType<FindOutcome.CannotTell>(Find(Settled, silent.Replace("CREATED", $"{Now.ToUnixTimeSeconds() + 1}")));
        Assert.IsType<FindOutcome.CannotTell>(Find(
            1, silent.Replace("CREATED", $"{Now.ToUnixTimeSeconds() + 1}"), Entry("8", "the cat dances", 1)));
        Assert.IsType<FindOutcome.NotThere>(Find(Settled, silent.Replace("CREATED", $"{Now.ToUnixTimeSeconds() - 60}")));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(114, false)]
    [InlineData(115, true)]
    [InlineData(3600, true)]
    public void A_job_is_missing_only_when_a_slow_create_would_have_appeared(int age, bool isMissing)
    {
        var outcome = Find(age, Entry("6", "another script", 5), Entry("5", "the cat dances", -300));

        if (isMissing)
        {
            Assert.Equal("provider_unavailable", Assert.IsType<FindOutcome.NotThere>(outcome).Error.Code);
        }
        else
        {
            Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<FindOutcome.Unavailable>(outcome).RetryAfter);
        }
    }

    [Fact]
    public void Only_a_list_with_an_older_job_shows_that_the_server_has_not_forgotten_it()
    {
        Assert.True(Assert.IsType<FindOutcome.NotThere>(Find(Settled)).MayBeForgotten);
        Assert.True(Assert.IsType<FindOutcome.NotThere>(Find(Settled, Entry("6", "another", 5))).MayBeForgotten);
        Assert.False(Assert.IsType<FindOutcome.NotThere>(Find(Settled, Entry("5", "another", -300))).MayBeForgotten);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3600, false)]
    public void The_clock_of_the_server_is_compared_with_ours(int created, bool isOlder)
    {
        // The server's clock is an hour ahead, so that it counts ours as 11:00.
        var list = Reply(200, List(Entry("7", "the cat dances", created)),
            ("Date", (Now.AddSeconds(Settled) + TimeSpan.FromHours(1)).ToString("R")));

        var outcome = FindVerdict.Of(list, Sought, Errors, Now.AddSeconds(Settled));

        Assert.Equal(isOlder, outcome is FindOutcome.NotThere);
        Assert.Equal(!isOlder, outcome is FindOutcome.Found);
    }

    [Theory]
    [InlineData(100, true, typeof(FindOutcome.NotThere))]
    [InlineData(100, false, typeof(FindOutcome.CannotTell))]
    [InlineData(99, false, typeof(FindOutcome.NotThere))]
    public void A_full_page_must_reach_back_to_the_request(int count, bool isNewestFirst, Type expected)
    {
        var entries = Enumerable.Range(0, count).Select(number => Entry($"{number}", "x", -500 - number));

        Assert.IsType(expected, Find(Settled, [.. isNewestFirst ? entries : entries.Reverse()]));
    }

    [Fact]
    public void A_page_with_more_behind_it_must_reach_back_too()
    {
        var list = $$"""{"data":[{{Entry("7", "x", 5)}}],"has_more":true}""";

        Assert.IsType<FindOutcome.CannotTell>(FindVerdict.Of(Reply(200, list), Sought, Errors, Now.AddSeconds(Settled)));
    }

    [Theory]
    [InlineData(500, "", typeof(FindOutcome.Unavailable))]
    [InlineData(502, "<html>", typeof(FindOutcome.Unavailable))]
    [InlineData(200, "<html>", typeof(FindOutcome.Unavailable))]
    [InlineData(200, "{}", typeof(FindOutcome.Unavailable))]
    [InlineData(401, """{"error":"no"}""", typeof(FindOutcome.Unavailable))]
    [InlineData(404, """{"detail":"Not Found"}""", typeof(FindOutcome.CannotTell))]
    [InlineData(405, """{"detail":"Method Not Allowed"}""", typeof(FindOutcome.CannotTell))]
    public void Without_a_list_nothing_is_known(int status, string body, Type expected) =>
        Assert.IsType(expected, FindVerdict.Of(Reply(status, body), Sought, Errors, Now.AddSeconds(Settled)));

    [Fact]
    public void A_list_without_an_answer_is_asked_for_again() => Assert.IsType<FindOutcome.Unavailable>(
        FindVerdict.Of(new Exchange.Silence(new IOException(), BodyStarted: true), Sought, Errors, Now.AddSeconds(Settled)));

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("yesterday")]
    public void A_nonsensical_date_is_ignored(string date) => Assert.IsType<FindOutcome.Found>(FindVerdict.Of(
        Reply(200, List(Entry("7", "the cat dances", 1)), ("Date", date)), Sought, Errors, Now.AddSeconds(1)));

    private static FindOutcome Find(int age, params string[] entries) =>
        FindVerdict.Of(Reply(200, List(entries)), Sought, Errors, Now.AddSeconds(age));

    private static string List(params string[] entries) => $$"""{"object":"list","data":[{{string.Join(',', entries)}}]}""";

    private static string Entry(string id, string prompt, int created, string more = "") =>
        $$"""{"id":"{{id}}","object":"video","prompt":"{{prompt}}","created_at":{{Now.ToUnixTimeSeconds() + created}}{{more}}}""";
}
