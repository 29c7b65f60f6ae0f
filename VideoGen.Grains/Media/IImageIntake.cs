using VideoGen.Grains.Generations.Contract;

namespace VideoGen.Grains.Media;

/// <summary>Turns an uploaded file of unknown content into a clean picture, or says why it cannot.</summary>
public interface IImageIntake
{
    /// <summary>Decodes, orients, flattens, strips and re-encodes a picture as JPEG.</summary>
    Task<IntakeOutcome> AcceptAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken);

    /// <summary>Reads the size in pixels of a picture that was accepted before.</summary>
    FrameSize SizeOf(string path);
}

/// <summary>The possible outcomes of picture intake.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome() { }

    /// <summary>
    /// A clean sRGB JPEG without metadata. <paramref name="Focus"/> is the point to crop around, in fractions of width and
    /// height.
    /// </summary>
    public sealed record Accepted(byte[] Jpeg, FrameSize Size, (double X, double Y) Focus) : IntakeOutcome;

    /// <summary>The file is refused; <paramref name="Detail"/> is a message for the user that contains no path.</summary>
    public sealed record Refused(string Code, string Detail) : IntakeOutcome;
}
