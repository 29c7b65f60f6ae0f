using Microsoft.AspNetCore.Http.HttpResults;
using VideoGen.Api.Http;
using VideoGen.Grains.Calls;
using VideoGen.Grains.Contracts;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Media;

namespace VideoGen.Api.Uploads;

/// <summary>The uploaded pictures, for new generations.</summary>
internal sealed class UploadLibrary(IMediaStore media, IImageIntake intake, IGrainFactory grains, TimeProvider time)
{
    /// <summary>Younger uploads are never collected (retention waits at least an hour), so no check is needed.</summary>
    private static readonly TimeSpan Safe = TimeSpan.FromMinutes(30);

    /// <summary>Returns whether the picture exists. If so, it is kept for the generation that is about to refer to it.</summary>
    public async Task<bool> HoldAsync(string name, CancellationToken cancellationToken) =>
        MediaName.IsWellFormed(name)
        && (IsYoung(name) || await grains.Grain<IUploadsGrain>(IUploadsGrain.Key).HoldAsync(name))
        && await media.ExistsAsync(MediaKind.Upload, name, cancellationToken);

    /// <summary>
    /// Returns the ratio that an aspect ratio means for a picture; adds an error where no video can have the picture's shape.
    /// </summary>
    public async Task<FrameSize?> ShapeAsync(
        string name, string aspectRatio, FieldErrors errors, CancellationToken cancellationToken,
        string field = "characterImageUrl")
    {
        if (AspectRatio.Of(aspectRatio) is { } known)
        {
            return known;
        }

        using var picture = await media.LeaseAsync(MediaKind.Upload, name, cancellationToken);
        if (picture is null)
        {
            errors.Add(field, "The picture is no longer on this server.");
            return null;
        }

        var size = intake.SizeOf(picture.Path);
        if (!AspectRatio.IsPossible(size))
        {
            errors.Add("aspectRatio", $"aspectRatio cannot be source for a picture of {size.Width} x {size.Height} pixels: its "
                + "shape must be between 9:21 and 21:9.");
        }

        return size;
    }

    /// <summary>Stores a picture of this owner, or says why it is refused.</summary>
    public async Task<AddedPicture> AddAsync(string owner, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        switch (await intake.AcceptAsync(file, cancellationToken))
        {
            case IntakeOutcome.Accepted picture:
                var stored = await media.SaveAsync(MediaKind.Upload, MediaName.NewCharacter(owner),
                    async (target, token) => await target.WriteAsync(picture.Jpeg, token), cancellationToken);
                return new AddedPicture(stored.Name, picture, null);

            case IntakeOutcome.Refused refused:
                return new AddedPicture(
                    "", null, Problem.Create(StatusCodes.Status400BadRequest, refused.Code, refused.Detail));

            case var other:
                throw new InvalidOperationException($"{other.GetType().Name} is not a known upload outcome.");
        }
    }

    private bool IsYoung(string name) => MediaName.CharacterSince(name) is { } since && time.GetUtcNow() - since < Safe;
}

/// <summary>The name of a stored picture with what its intake found, or the problem that it was refused with.</summary>
internal sealed record AddedPicture(string Name, IntakeOutcome.Accepted? Picture, ProblemHttpResult? Problem);
