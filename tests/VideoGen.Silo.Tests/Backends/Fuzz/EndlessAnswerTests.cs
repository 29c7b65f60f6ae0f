using System.Net;
using System.Net.Http.Headers;
using VideoGen.Grains.Backends;
using VideoGen.Grains.Media;
using VideoGen.Silo.Backends.Endpoint;
using VideoGen.Silo.Backends.LocalRenders;
using VideoGen.Silo.Backends.Models;
using VideoGen.Silo.Backends.Wire;
using VideoGen.Silo.Tests.Backends.HuggingFace;

namespace VideoGen.Silo.Tests.Backends.Fuzz;

/// <summary>Answers without an end, or with one that is too far: only so much of them is read.</summary>
public sealed class EndlessAnswerTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task An_order_whose_answer_never_ends_is_unknown()
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network);
        network.Answer = () => ScriptedHttp.Answer(
            200, """{"inferenceProviderMapping":{"fal-ai":{"status":"live","providerId":"a/b","task":"image-to-video"}}}"""u8.ToArray());
        var planned = await hub.PlannedAsync();
        var plan = planned.Plan;
        var endless = Endless(network, 200, "application/json");

        Assert.IsType<SubmitOutcome.Unknown>(await planned.Submit());
        Assert.InRange(endless.Taken, Megabyte, 2 * Megabyte);

        var job = new RenderJob("1", "/x/1/status", "/x/1", "/x/1/cancel");
        Assert.IsType<PollOutcome.Unavailable>(await hub.Backend.PollAsync(Hub.Order(), plan, job, CancellationToken.None));
        Assert.Equal(CancelOutcome.Unavailable, await hub.Backend.CancelAsync(Hub.Order(), plan, job, CancellationToken.None));
        Assert.InRange(endless.Taken, Megabyte, 4 * Megabyte);
    }

    [Theory]
    [InlineData(200, "application/json", 66 * Megabyte)]
    [InlineData(200, "video/mp4", Megabyte)]
    [InlineData(500, "application/json", 2 * Megabyte)]
    public async Task An_endpoint_whose_answer_never_ends_is_cut_off(int status, string type, int most)
    {
        using var network = new FuzzHttp();
        using var hub = new Hub(network, ("VideoGen:HuggingFace:EndpointUrl", "https://endpoint.example/"));
        using var target = new ScratchFile(Path.Combine(Path.GetTempPath(), $"videogen-endless-{Guid.NewGuid():N}.mp4"));
        var endless = Endless(network, status, type);

        Assert.IsType<LocalRenderResult.Failed>(await hub.Get<EndpointCall>().RenderAsync(
            hub.Upstream("endpoint"),
            EndpointRequest.Make(Hub.Order(), "", [1], isPictureOnly: false, ModelProfiles.Load()), target,
            CancellationToken.None));

        Assert.InRange(endless.Taken, 1, most);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("data:a;base64,")]
    [InlineData("hf_aaa ")]
    [InlineData("Bearer ")]
    public void A_megabyte_of_words_is_read_as_far_as_it_is_shown(string words) => Assert.InRange(
        ProviderText.Polish(string.Concat(Enumerable.Repeat(words, Megabyte / words.Length)))?.Length ?? 0, 0, 301);

    private static EndlessStream Endless(FuzzHttp network, int status, string type)
    {
        var endless = new EndlessStream();
        network.Answer = () => new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StreamContent(endless) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } },
        };
        return endless;
    }

    private sealed class EndlessStream : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Taken += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
