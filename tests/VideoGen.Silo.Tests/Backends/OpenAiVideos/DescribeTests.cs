using VideoGen.Grains.Backends;
using VideoGen.Silo.Backends.Models;

namespace VideoGen.Silo.Tests.Backends.OpenAiVideos;

public sealed class DescribeTests
{
    [Theory]
    [InlineData("sglang", null, true, false)]
    [InlineData("sglang", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", true, false)]
    [InlineData("vllm-omni", "Lightricks/LTX-2", true, true)]
    [InlineData(null, "Lightricks/LTX-2", false, false)]
    public async Task What_a_model_takes_is_known_by_the_software_of_its_server(
        string? software, string? model, bool hasSeed, bool hasSound)
    {
        using var gpu = new GpuServer(("Provider", software));

        var traits = (await DescribeAsync(gpu, model)).Traits!;

        Assert.Equal(
            (true, true, hasSeed, hasSeed, hasSound),
            (traits.HasProfile, traits.Script, traits.Seed, traits.NegativePrompt, traits.Sound));
        Assert.Equal([3, 4, 5, 6, 7, 8, 9, 10], traits.Seconds);
    }

    [Theory]
    [InlineData("a/b", """{"data":[{"id":"a/b"}]}""", null)]
    [InlineData("A/B", """{"data":[{"id":"x"},{"id":"a/b"}]}""", null)]
    [InlineData(null, """{"data":[{"id":"x"}]}""", null)]
    [InlineData("a/b", """{"data":[]}""", null)]
    [InlineData("a/b", """{"data":[{"name":"x"}]}""", null)]
    [InlineData("a/b", """{"model_path":"x"}""", null)]
    [InlineData("a/b", "<html>", null)]
    [InlineData("a/b", """{"data":[{"id":"x"}]}""", "gpu1 does not list a/b among its models. "
        + "Set the Name of the model in VideoGen:Models to one that it serves.")]
    public async Task A_model_that_the_server_clearly_does_not_have_is_a_problem(string? model, string answer, string? problem)
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models", 200, answer);

        Assert.Equal(problem, (await DescribeAsync(gpu, model)).Problem);
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(500, null)]
    [InlineData(401, "gpu1 does not accept the token")]
    [InlineData(503, "gpu1 is overloaded, starting up or unavailable")]
    public async Task A_server_that_cannot_be_used_is_a_problem(int status, string? problem)
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models", status, "");

        var report = await DescribeAsync(gpu, "a/b");

        Assert.StartsWith(problem ?? "", report.Problem ?? "", StringComparison.Ordinal);
        Assert.Equal(problem is null, report.Problem is null);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_problem()
    {
        using var gpu = new GpuServer(GpuServer.Url, new ScriptedHttp());
        gpu.Http.On("GET", GpuServer.Url + "/v1/models",
            _ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        var report = await DescribeAsync(gpu, null);

        Assert.Equal("gpu1 could not be reached (no connection). Retry later.", report.Problem);
        Assert.NotNull(report.Traits);
        Assert.Equal(report.Problem, (await gpu.GetStatusAsync()).Problem);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("sglang", "sglang")]
    public async Task A_server_runs_what_the_settings_say(string? provider, string? software)
    {
        using var gpu = new GpuServer(("Provider", provider));

        Assert.Equal(new ServerStatus(software), await gpu.GetStatusAsync());
    }

    private static Task<ModelReport> DescribeAsync(GpuServer gpu, string? model) =>
        gpu.Backend.DescribeAsync(model, CancellationToken.None);
}
