using VideoGen.Silo.Hosting;
using VideoGen.Testing;

namespace VideoGen.Silo.Tests.Hosting;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Models_are_listed_with_what_they_take()
    {
        var code = await RunAsync(
            "--VideoGen:Upstreams:gpu1:Kind=endpoint", "--VideoGen:Upstreams:gpu1:Url=http://127.0.0.1:9/",
            "--VideoGen:Models:svd:Upstream=gpu1", "--VideoGen:Models:svd:Title=Stable Video Diffusion",
            "--VideoGen:Models:svd:Name=stabilityai/stable-video-diffusion-img2vid-xt", "--VideoGen:Models:svd:Fallback=preview");

        Assert.Equal((0, ""), (code, _error.ToString()));
        Assert.Equal(
            """
            svd (default)            Stable Video Diffusion, at upstream gpu1
                                     Takes a picture, a seed, motion
                                     Falls back to preview
            preview                  Preview, at upstream preview
                                     Takes a picture, a seed, motion

            """,
            _output.ToString());
    }

    [Fact]
    public async Task A_model_whose_upstream_does_not_answer_is_a_problem()
    {
        var code = await RunAsync("--HF_TOKEN=hf_x", "--VideoGen:HuggingFace:HubUrl=http://127.0.0.1:9/");

        Assert.Equal(1, code);
        Assert.Contains("Its upstream did not answer.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_on_a_line_of_its_own()
    {
        var code = await RunAsync("--VideoGen:DefaultModel=none", "--VideoGen:Upstreams:gpu1:Kind=toaster");

        Assert.Equal((1, ""), (code, _output.ToString()));
        Assert.Equal(
            [
                "VideoGen:Upstreams:gpu1:Kind must be preview, huggingface, endpoint, comfyui or openai-videos.",
                "VideoGen:DefaultModel names none, which is not a model. The models are preview.",
            ],
            _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task It_needs_no_data_directory()
    {
        var data = Path.Combine(_directory.Path, "data");

        Assert.Equal(0, await RunAsync("--VideoGen:DataDirectory=" + data));

        Assert.False(Directory.Exists(data));
    }

    private Task<int> RunAsync(params string[] args) => ModelsCommand.RunAsync(["--HF_TOKEN=", .. args], _output, _error);
}
