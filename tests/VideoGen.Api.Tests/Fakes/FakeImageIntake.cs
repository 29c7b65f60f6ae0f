using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Tests.Fakes;

/// <summary>Takes anything that begins like a JPEG or PNG, and holds it back as long as a test wants.</summary>
internal sealed class FakeImageIntake : IImageIntake
{
    private static readonly byte[] JpegStart = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] PngStart = [0x89, 0x50, 0x4E, 0x47];

    /// <summary>The size of every picture.</summary>
    public FrameSize Size { get; set; } = new(128, 96);

    /// <summary>When set, pictures wait for it.</summary>
    public TaskCompletionSource? Hold { get; set; }

    /// <summary>Released when a picture has come in.</summary>
    public SemaphoreSlim Entered { get; } = new(0);

    /// <summary>Released when a picture was dealt with, or given up.</summary>
    public SemaphoreSlim Left { get; } = new(0);

    public async Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        Entered.Release();
        try
        {
            await (Hold?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            return Look(file);
        }
        finally
        {
            Left.Release();
        }
    }

    public FrameSize SizeOf(string path) => Size;

    private IntakeOutcome Look(ReadOnlyMemory<byte> file) =>
        file.Span.StartsWith(JpegStart) || file.Span.StartsWith(PngStart)
            ? new IntakeOutcome.Accepted(file.ToArray(), Size, (0.25, 0.5))
            : new IntakeOutcome.Refused("not_an_image", "The file is not a readable picture.");
}

/// <summary>A disk that is full when a test says so.</summary>
internal sealed class FakeHeadroom : IStorageHeadroom
{
    public bool HasRoom { get; set; } = true;
}
