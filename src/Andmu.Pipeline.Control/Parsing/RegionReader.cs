using Andmu.Pipeline.Control.Commands;
using Andmu.Pipeline.Control.Regions;

namespace Andmu.Pipeline.Control.Parsing;

/// <summary>Reads regions of the picture (specification 5.2.9.13 and 5.2.9.17).</summary>
internal static class RegionReader
{
    private const string OnGrid = "a rectangle on the grid of 5 x 5, left before right and top before bottom";

    // id and sensitivity are in the example and not in the description: how easily motion is detected is set by 5.2.9.2.
    public static SetMotionRegions ReadMotionRegions(JsonFields parameters)
    {
        List<JsonFields> entries = parameters.ValueList(MotionRegions.BlockCount);
        var enabled = new List<BlockRectangle>();
        foreach (JsonFields entry in entries)
        {
            var rectangle = new BlockRectangle(
                entry.Integer("left", 0, 4), entry.Integer("top", 0, 4), entry.Integer("right", 1, 5), entry.Integer("bottom", 1, 5));
            if (!rectangle.IsValid)
            {
                entry.Refuse(RefusalReason.OutOfRange, "left", OnGrid);
            }
            else if (entry.OptionalChoice("enable", 0, 1) is null or 1)
            {
                enabled.Add(rectangle);
            }
        }

        // An empty list means all blocks; a list with nothing enabled must not come to mean that, too.
        if (entries.Count > 0 && enabled.Count == 0)
        {
            parameters.Refuse(RefusalReason.OutOfRange, "valueList", "empty, for all blocks, or have an entry that is enabled");
        }

        return new SetMotionRegions(MotionRegions.FromRectangles(enabled));
    }

    public static SetPersonRegions ReadPersonRegions(JsonFields parameters)
    {
        var regions = new List<PersonRegion>();
        foreach (JsonFields entry in parameters.ValueList(PersonRegion.MaxCount))
        {
            int x = entry.Integer("x", 0, PersonRegion.PictureSize);
            int y = entry.Integer("y", 0, PersonRegion.PictureSize);
            regions.Add(new PersonRegion(
                x, y, entry.Integer("width", 0, PersonRegion.PictureSize - x), entry.Integer("height", 0, PersonRegion.PictureSize - y)));
        }

        return new SetPersonRegions(regions.AsReadOnly());
    }
}
