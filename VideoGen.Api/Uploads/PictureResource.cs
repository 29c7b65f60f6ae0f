using System.ComponentModel;
using VideoGen.Grains.Generations.Contract;
using VideoGen.Grains.Video;

namespace VideoGen.Api.Uploads;

/// <summary>
/// An uploaded picture with its size in pixels. Send its URL as characterImageUrl to create a generation. Crops has, for each
/// shape of a video, the part of the picture that fills it.
/// </summary>
internal sealed record PictureResource(string ImageUrl, int Width, int Height, IReadOnlyDictionary<string, CropResource> Crops)
{
    public static PictureResource From(string imageUrl, FrameSize size, (double X, double Y) focus) => new(
        imageUrl, size.Width, size.Height,
        AspectRatio.Fixed.ToDictionary(
            name => name, name => CropResource.From(FrameCrop.Of(size, AspectRatio.Of(name)!.Value, focus))));
}

/// <summary>A part of a picture in pixels, from its top left corner.</summary>
internal sealed record CropResource(int Left, int Top, int Width, int Height)
{
    public static CropResource From(FrameCrop crop) => new(crop.Left, crop.Top, crop.Width, crop.Height);
}

/// <summary>The form of an upload.</summary>
internal sealed record CharacterUpload([property: Description("The picture. By default at most 10 MB.")] IFormFile Character);
