using VideoGen.FakeHub.Faults;
using VideoGen.Testing;

namespace VideoGen.SystemTests.Faults;

/// <summary>A provider that means harm reaches nothing, fills nothing, and ends in a clear failure.</summary>
public sealed class HostileProviderTests(HostileProduct product) : IClassFixture<HostileProduct>
{
    /// <summary>Where a download is redirected to ({0} is the port of the canary), and what the user is told.</summary>
    public static TheoryData<string, string> Redirects => new()
    {
        { "http://127.0.0.1:{0}/film.mp4", "not https" },
        { "https://127.0.0.1:{0}/film.mp4", "not public" },
        { "https://localhost:{0}/film.mp4", "not public" },
        { "https://[::ffff:127.0.0.1]:{0}/film.mp4", "not public" },
        { "http://169.254.169.254/latest/meta-data/", "not https" },
        { "https://169.254.169.254/latest/meta-data/", "not public" },
        { "file:///etc/passwd", "not https" },
        { "ftp://127.0.0.1:{0}/film.mp4", "not https" },
        { "gopher://127.0.0.1:{0}/_latest/meta-data", "not https" },
    };

    /// <summary>What is downloaded in place of a video, and how that ends.</summary>
    public static TheoryData<FaultKind, string> Contents => new()
    {
        { FaultKind.PackedOnDownload, "failed: result_unusable" },
        { FaultKind.EndlessDownload, "failed: deadline_exceeded" },
        { FaultKind.HtmlOnDownload, "failed: result_unusable" },
    };

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task A_download_that_is_redirected_to_where_it_must_not_go_waits_for_the_operator_and_reaches_nothing(
        string to, string reason)
    {
        var end = await product.EndAsync(HostileProduct.ScriptOf(to));

        Assert.Equal("failed: deadline_exceeded", end.Outcome());
        Assert.Contains(reason, end.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(product.Canary.Pending());
        Assert.Empty(product.Scratch);
        Assert.DoesNotContain("meta-data", product.Api.Log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task A_download_that_is_no_video_or_never_ends_is_cut_off_and_nothing_of_it_is_kept(FaultKind fault,
        string outcome)
    {
        var end = await product.EndAsync(HostileProduct.ScriptOf(fault));

        Assert.Equal(outcome, end.Outcome());
        Assert.Empty(product.Scratch);
    }

    [Fact]
    public async Task A_download_that_stalls_is_given_up_and_made_again()
    {
        const string script = "It stalls once.";
        product.Hub.Faults.Add(new FaultRule(FaultKind.StallOnDownload, new FaultMatch(script)) { Count = 1 });

        var end = await product.Api.Client.EndAsync(await product.Api.Client.OrderAsync(product.Image, script));

        Assert.Equal("completed", end.Outcome());
        Assert.Empty(product.Scratch);
    }
}
